import type { Application } from '../oauth/application.ts'
import { scopeDescriptions } from '../oauth/scopes.ts'
import type { Person } from '../world/person.ts'
import { csrfField, hiddenField } from './hidden-field.ts'
import { html, type Html } from './html.ts'
import { layoutPage } from './layout.ts'
import { personCard } from './person-card.ts'

/** An organization to choose from. */
export interface OrganizationChoice {
  id: string
  name: string
}

/**
 * Asks whether an application may have the scopes it wants, and for which organization if it is bound to one. The form posts to
 * `action` and carries `fields` along.
 */
export function consentPage(input: {
  application: Application
  person: Person
  scopes: readonly string[]
  organizations: readonly OrganizationChoice[] | null
  csrfToken: string
  action: string
  fields: Readonly<Record<string, string>>
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
        ${csrfField(input.csrfToken)} ${Object.entries(input.fields).map(([name, value]) => hiddenField(name, value))}
        ${input.organizations === null ? '' : organizationPicker(input.organizations)}
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

function organizationPicker(organizations: readonly OrganizationChoice[]): Html {
  return html`<p class="field">
    <label for="organization">In which organization?</label>
    <select id="organization" name="selected_organization_id">
      ${organizations.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
    </select>
  </p>`
}
