import { csrfField } from './hidden-field.ts'
import { html } from './html.ts'
import { layoutPage } from './layout.ts'

/** Asks for the code that a device shows. */
export function devicePage(input: { userCode: string; complaint: string | null; csrfToken: string }): string {
  return layoutPage(
    'Connect a device',
    html`<h1>Connect a device</h1>
      <p class="lead">Type the code that your device shows.</p>
      ${input.complaint === null ? '' : html`<p class="complaint" role="alert">${input.complaint}</p>`}
      <form method="post" action="/oauth/device/">
        ${csrfField(input.csrfToken)}
        <p class="field">
          <label for="code">Code</label>
          <input
            id="code"
            name="user_code"
            value="${input.userCode}"
            placeholder="BCDF-GHJK"
            autocomplete="off"
            autofocus
          />
        </p>
        <div class="actions"><button class="primary">Continue</button></div>
      </form>`,
  )
}
