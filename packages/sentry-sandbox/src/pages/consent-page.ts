import type { Application } from '../oauth/application.ts'
import { scopeDescriptions } from '../oauth/scopes.ts'
import type { Person } from '../world/person.ts'
import { csrfField } from './hidden-field.ts'
import { html, type Html } from './html.ts'
import { layoutPage } from './layout.ts'
import { personCard } from './person-card.ts'

/** Asks whether an application may have the scopes it wants. The form posts to `action`. */
export function consentPage(input: {
  application: Application
  person: Person
  scopes: readonly string[]
  csrfToken: string
  action: string
  chooseHref: string
}): string {
  return layoutPage(
    'Authorize application',
    html`<h1>${input.application.name} asks for access</h1>
      <div class="panel">
        ${personCard(input.person)}
        <p class="aside"><a href="${input.chooseHref}">Not you? Choose another person</a></p>
      </div>
      ${describeScopes(input.scopes)}
      <form method="post" action="${input.action}">
        ${csrfField(input.csrfToken)}
        <div class="actions">
          <button class="primary" name="op" value="approve">Approve</button>
          <button class="secondary" name="op" value="deny">Deny</button>
        </div>
      </form>
      <p class="muted">You can withdraw your consent at any time on the <a href="/">account page</a>.</p>`,
  )
}

function describeScopes(scopes: readonly string[]): Html {
  if (scopes.length === 0) return html`<p class="lead">It asks for no permissions; it will only learn who you are.</p>`
  return html`<h2>It will be able to</h2>
    <ul class="scopes">
      ${scopes.map((scope) => html`<li>${scopeDescriptions[scope] ?? scope} <code>${scope}</code></li>`)}
    </ul>`
}
