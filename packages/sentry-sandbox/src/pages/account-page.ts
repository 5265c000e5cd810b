import type { Application } from '../oauth/application.ts'
import type { Person } from '../world/person.ts'
import { csrfField, hiddenField } from './hidden-field.ts'
import { html, type Html } from './html.ts'
import { layoutPage } from './layout.ts'
import { personCard } from './person-card.ts'

export interface AuthorizedApplication {
  application: Application
  scopes: readonly string[]
}

/** Shows who is signed in to the sandbox, what they consented to, and lets them change both. */
export function accountPage(input: {
  person: Person | null
  authorized: readonly AuthorizedApplication[]
  csrfToken: string
}): string {
  return layoutPage(
    'Account',
    html`${input.person === null ? signedOut() : signedIn(input.person, input)}
      <p class="muted"><a href="/sandbox/">Control</a>: faults, switches, and what the sandbox was asked.</p>`,
  )
}

function signedOut(): Html {
  return html`<h1>Sentry Sandbox</h1>
    <p class="lead">A stand-in of Sentry on this machine: its OAuth server, its REST API and a small invented world.</p>
    <p>Nobody is signed in.</p>
    <p><a class="primary" href="/auth/choose/">Choose a person</a></p>`
}

function signedIn(person: Person, input: { authorized: readonly AuthorizedApplication[]; csrfToken: string }): Html {
  return html`<h1>Your account</h1>
    <div class="panel">
      ${personCard(person)}
      <div class="actions">
        <a class="secondary" href="/auth/choose/">Choose another person</a>
        <form method="post" action="/auth/logout/">
          ${csrfField(input.csrfToken)}
          <button class="secondary">Sign out</button>
        </form>
      </div>
    </div>
    <h2>Authorized applications</h2>
    ${
      input.authorized.length === 0
        ? html`<p class="muted">No application may act for you.</p>`
        : input.authorized.map((authorized) => applicationPanel(authorized, input.csrfToken))
    }`
}

function applicationPanel({ application, scopes }: AuthorizedApplication, csrfToken: string): Html {
  return html`<section class="panel">
    <h3>${application.name}</h3>
    <p class="muted">${application.homepage}</p>
    <p class="codes">${scopes.map((scope) => html`<code>${scope}</code> `)}</p>
    <form method="post" action="/settings/account/authorizations/">
      ${csrfField(csrfToken)} ${hiddenField('client_id', application.clientId)}
      <button class="danger">Withdraw consent</button>
    </form>
    <p class="muted">Its codes and tokens for you stop working at once.</p>
  </section>`
}
