import { html } from './html.ts'
import { layoutPage } from './layout.ts'

/** A page that only says something: a refusal, or that there is nothing here. */
export function messagePage(title: string, message: string): string {
  return layoutPage(
    title,
    html`<h1>${title}</h1>
      <p class="lead">${message}</p>
      <p><a href="/">Go to the account page</a></p>`,
  )
}
