import { controlPath } from '../server/control-path.ts'
import type { RecordedRequest } from '../server/request-log.ts'
import { csrfField, hiddenField } from './hidden-field.ts'
import { html, type Html } from './html.ts'
import { layoutPage } from './layout.ts'

/** Characters of a query that are shown at once. */
const longQuery = 60

/** A switch: what it is called, how it is sent, whether it is on. */
export interface Switch {
  label: string
  name: string
  isOn: boolean
}

/** What the control page shows. */
export interface ControlView {
  csrfToken: string
  faults: readonly { id: number; text: string }[]
  presets: readonly string[]
  switches: readonly Switch[]
  serverTime: string
  worldTime: string
  requests: readonly RecordedRequest[]
  nameOf: (personId: string) => string
}

/** Lets a curious person break the sandbox, and shows what it was asked. */
export function controlPage(view: ControlView): string {
  return layoutPage(
    'Control',
    html`<h1>Control</h1>
      <p class="lead">Make this Sentry slow, broken or forgetful, and see what it was asked.</p>
      ${faultSection(view)} ${switchSection(view)} ${requestSection(view)}
      <p class="muted">
        Tests do the same with <code>POST ${controlPath}faults</code>; the README lists the control API.
      </p>
      <p><a href="/">Go to the account page</a></p>`,
  )
}

function faultSection({ csrfToken, faults, presets }: ControlView): Html {
  return html`<h2>Faults</h2>
    ${faults.length === 0 ? html`<p class="muted">None: everything works.</p>` : ''}
    <ul class="rows">
      ${faults.map(
        ({ id, text }) =>
          html`<li><code>${text}</code> ${button(csrfToken, 'remove-fault', 'Remove', { id: String(id) })}</li>`,
      )}
    </ul>
    <form class="panel" method="post" action="${controlPath}">
      ${csrfField(csrfToken)} ${hiddenField('op', 'add-fault')}
      <p class="field">
        <label for="fault">What goes wrong</label>
        <select id="fault" name="fault">
          ${presets.map((preset) => html`<option>${preset}</option>`)}
        </select>
      </p>
      <p class="field">
        <label for="host">Host</label>
        <select id="host" name="host">
          <option value="">every host</option>
          <option>control</option>
          <option>us</option>
          <option>de</option>
        </select>
      </p>
      <p class="field">
        <label for="pattern">Paths that match</label>
        <input id="pattern" name="pattern" value="^/api/0/" />
      </p>
      <p class="field">
        <label for="times">How many requests (empty: all)</label>
        <input id="times" name="times" inputmode="numeric" value="" />
      </p>
      <div class="actions"><button class="primary">Switch on</button></div>
    </form>
    ${faults.length === 0 ? '' : button(csrfToken, 'clear-faults', 'Remove all faults', {})}`
}

function switchSection({ csrfToken, switches, serverTime, worldTime }: ControlView): Html {
  return html`<h2>Switches</h2>
    <ul class="rows">
      ${switches.map(
        ({ label, name, isOn }) =>
          html`<li>
            <span>${label}: <strong>${isOn ? 'on' : 'off'}</strong></span>
            ${button(csrfToken, 'switch', isOn ? 'Switch off' : 'Switch on', { name, value: isOn ? 'off' : 'on' })}
          </li>`,
      )}
      <li>
        <span>Clock of tokens and limits: <code class="moment">${serverTime}</code></span>
        ${button(csrfToken, 'advance-server-clock', 'One hour on', {})}
      </li>
      <li>
        <span>Clock of the world: <code class="moment">${worldTime}</code></span>
        ${button(csrfToken, 'advance-world-clock', 'One hour on', {})}
      </li>
    </ul>`
}

function requestSection({ csrfToken, requests, nameOf }: ControlView): Html {
  return html`<h2>The last requests</h2>
    ${requests.length === 0 ? html`<p class="muted">Nobody has asked anything yet.</p>` : ''}
    <ol class="rows">
      ${requests.map((request) => requestRow(request, nameOf))}
    </ol>
    ${requests.length === 0 ? '' : button(csrfToken, 'clear-requests', 'Forget them', {})}`
}

function requestRow(request: RecordedRequest, nameOf: ControlView['nameOf']): Html {
  const { host, method, path, query, status, personId, durationMs } = request
  return html`<li class="request">
    ${query.length > longQuery ? longRequest(request) : html`<code>${method} ${path}${query && `?${query}`}</code>`}
    <span class="muted">
      ${host} · ${status === null ? 'no answer' : String(status)} · ${durationMs === null ? '–' : `${durationMs} ms`} ·
      ${personId === null ? 'nobody' : nameOf(personId)}
    </span>
  </li>`
}

/** A long query is unfolded on demand, one parameter on each line. */
function longRequest({ method, path, query }: RecordedRequest): Html {
  return html`<details>
    <summary><code>${method} ${path}?${query.slice(0, longQuery)}…</code></summary>
    ${[...new URLSearchParams(query)].map(([name, value]) => html`<code class="parameter">${name}=${value}</code>`)}
  </details>`
}

function button(csrfToken: string, op: string, label: string, fields: Readonly<Record<string, string>>): Html {
  return html`<form method="post" action="${controlPath}">
    ${csrfField(csrfToken)} ${hiddenField('op', op)}
    ${Object.entries(fields).map(([name, value]) => hiddenField(name, value))}
    <button class="secondary">${label}</button>
  </form>`
}
