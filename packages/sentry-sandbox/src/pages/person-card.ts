import type { SandboxPerson } from '../world/world.ts'
import { html, type Html } from './html.ts'

/** Initial, name and address of a person; people without a name are called by their address. */
export function personCard(person: Pick<SandboxPerson, 'name' | 'email'>, note?: string): Html {
  const name = person.name ?? person.email
  return html`<span class="person">
    <span class="initial" aria-hidden="true">${name.slice(0, 1).toUpperCase()}</span>
    <span class="who">
      <strong>${name}</strong>
      ${person.name === null ? '' : html`<span class="muted">${person.email}</span>`}
      ${note === undefined ? '' : html`<span class="note">${note}</span>`}
    </span>
  </span>`
}
