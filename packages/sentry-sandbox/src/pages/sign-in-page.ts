import type { SandboxPerson } from '../world/world.ts'
import { csrfField, hiddenField } from './hidden-field.ts'
import { html } from './html.ts'
import { layoutPage } from './layout.ts'
import { personCard } from './person-card.ts'

/** Asks who one wants to be. `next` is the local path to go on with. */
export function signInPage(input: { people: readonly SandboxPerson[]; csrfToken: string; next: string }): string {
  return layoutPage(
    'Sign in',
    html`<h1>Who do you want to be?</h1>
      <p class="lead">Real Sentry asks for a password here. In the sandbox you pick one of its people.</p>
      <form method="post" action="/auth/login/">
        ${csrfField(input.csrfToken)} ${hiddenField('next', input.next)}
        <ul class="choices">
          ${input.people.map(
            (person) =>
              html`<li>
                <button class="choice" name="person" value="${person.id}">${personCard(person, person.summary)}</button>
              </li>`,
          )}
        </ul>
      </form>`,
  )
}
