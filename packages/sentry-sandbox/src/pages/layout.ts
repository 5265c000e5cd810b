import { html, type Html } from './html.ts'
import { stylesheetPath } from './stylesheet.ts'

/** The frame of every page, with the label that says what this is not. */
export function layoutPage(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Sentry Sandbox</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="banner"><strong>Sentry Sandbox</strong>: nothing here is real</header>
        <main>${content}</main>
      </body>
    </html>`.markup
}
