import { html } from './html.ts'
import { layoutPage } from './layout.ts'

/** Stands where Sentry's web interface has a page, and says which. */
export function webPlacePage({ what, organizationName }: { what: string; organizationName: string }): string {
  return layoutPage(
    'A page of Sentry',
    html`<h1>Sentry has a page here</h1>
      <p class="lead">It would show ${what} of the organization ${organizationName}.</p>
      <p>
        The sandbox stands in for Sentry’s sign-in and API, not for its web interface, so there is nothing more to see.
        Your browser’s back button leads to where you came from.
      </p>
      <p><a class="secondary" href="/">Go to the account page</a></p>`,
  )
}
