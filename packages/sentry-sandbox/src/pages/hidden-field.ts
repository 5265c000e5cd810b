import { html, type Html } from './html.ts'

/** The field that proves a form was shown to this browser by the sandbox itself. */
export function csrfField(token: string): Html {
  return hiddenField('csrfmiddlewaretoken', token)
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}
