import { findCookies, removeCookie, saveCookie } from './cookie-jar.ts'
import { GatewayError } from './gateway-error.ts'
import { postJson, readNumber, readText, type Fetch, type GatewayAnswer } from './gateway-request.ts'
import { createGraphClient } from './graph-client.ts'

/** The person at the machine, and the time. */
export interface Terminal {
  say(line: string): void
  /** Asks for a secret, which is not shown. */
  ask(question: string): Promise<string>
  /** Resolves after so many seconds. */
  pause(seconds: number): Promise<void>
}

export interface LoginOptions {
  gateway: URL
  /** What the session is called in the list of sessions. */
  name: string
  /** Whether the session may only read. */
  readOnly: boolean
  /** The file that gets the cookie. */
  jar: string
  fetch?: Fetch
}

/** Who signed in. */
export interface SignedIn {
  person: string
  expiresAt: Date
}

interface ClientSession {
  cookieName: string
  value: string
}

/**
 * Signs this machine in: by Sentry's device grant where the gateway has it (RFC 8628), else with a session that the person
 * makes on the gateway's own page and brings here. Throws GatewayError.
 */
export async function login(options: LoginOptions, terminal: Terminal): Promise<SignedIn> {
  const begun = await post(options, '/api/auth/device', { name: options.name, readOnly: options.readOnly })
  const session =
    begun.status === 501 ? await takeOver(begun, terminal) : await waitForApproval(options, terminal, accept(begun))
  const signedIn = await identify(options, session.value)
  await keep(options, session, signedIn)
  return signedIn
}

/** Ends the session of the jar at the gateway, and takes it out of the jar; false when the jar holds none. */
export async function logout({
  gateway,
  jar,
  fetch,
}: Pick<LoginOptions, 'gateway' | 'jar' | 'fetch'>): Promise<boolean> {
  const cookies = (await findCookies(jar, gateway.hostname)).filter(({ name }) => /(^|-)sentry_graph$/.test(name))
  for (const { host, name, value } of cookies) {
    const headers = { 'graphql-require-preflight': '1', cookie: `${name}=${value}` }
    accept(await postJson(new URL('/api/auth/logout', gateway), {}, { headers, ...(fetch && { fetch }) }))
    await removeCookie(jar, { host, name })
  }
  return cookies.length > 0
}

async function waitForApproval(
  options: LoginOptions,
  terminal: Terminal,
  begun: GatewayAnswer,
): Promise<ClientSession> {
  const device = readText(begun, 'device')
  terminal.say(
    `Open ${readText(begun, 'verificationUri')} on any device and enter the code ${readText(begun, 'userCode')}.`,
  )
  let interval = readNumber(begun, 'interval')
  for (;;) {
    await terminal.pause(interval)
    const answer = accept(await post(options, '/api/auth/device/session', { device }))
    if (answer.status === 200) return readSession(answer)
    interval = readNumber(answer, 'interval')
  }
}

async function takeOver(answer: GatewayAnswer, terminal: Terminal): Promise<ClientSession> {
  const cookieName = readText(answer, 'cookieName')
  terminal.say('This Sentry cannot sign in devices by itself.')
  terminal.say(`Open ${readText(answer, 'connectUrl')} in a browser, connect a client there, and bring its value here.`)
  const value = (await terminal.ask('Value: ')).trim()
  // It becomes part of a header and of a line of the jar.
  if (!/^[\w-]+$/.test(value)) throw new GatewayError('refused', 'That is no value of a session.')
  return { cookieName, value }
}

const whoDocument = `query Who { viewer { user { name email username } session { expiresAt } } }`

interface WhoData {
  viewer: { user: Record<'name' | 'email' | 'username', string | null>; session: { expiresAt: string } } | null
}

async function identify({ gateway, fetch }: LoginOptions, session: string): Promise<SignedIn> {
  const client = createGraphClient({ gateway: gateway.href, session, ...(fetch && { fetch }) })
  const { data, errors } = await client.request<WhoData>(whoDocument)
  const [error] = errors
  if (error) throw new GatewayError('refused', error.message)
  if (!data?.viewer) throw new GatewayError('refused', 'The gateway does not know this session.')
  const { user, session: known } = data.viewer
  return { person: user.name ?? user.email ?? user.username ?? 'you', expiresAt: new Date(known.expiresAt) }
}

async function keep({ gateway, jar }: LoginOptions, { cookieName, value }: ClientSession, { expiresAt }: SignedIn) {
  const secure = gateway.protocol === 'https:'
  await saveCookie(jar, { host: gateway.hostname, name: cookieName, value, secure, expiresAt })
}

function post({ gateway, fetch }: LoginOptions, path: string, body: object): Promise<GatewayAnswer> {
  return postJson(new URL(path, gateway), body, fetch && { fetch })
}

const refusals: Record<string, string> = {
  access_denied: 'Nobody is signed in: the request was denied at Sentry.',
  device_expired: 'Nobody approved this machine in time. Try again.',
  rate_limited: 'The gateway is asked too often. Wait a minute and try again.',
  provider_unavailable: 'The gateway cannot reach Sentry at the moment. Try again later.',
}

/** The answer, if it is a success. Throws GatewayError `refused` with the gateway's reason. */
function accept(answer: GatewayAnswer): GatewayAnswer {
  const { status, body } = answer
  if (status >= 200 && status < 300) return answer
  const reason = typeof body['error'] === 'string' ? body['error'] : null
  const message = refusals[reason ?? ''] ?? `The gateway refused (${reason ?? `status ${status}`}).`
  throw new GatewayError('refused', message, { status, reason })
}

function readSession(answer: GatewayAnswer): ClientSession {
  return { cookieName: readText(answer, 'cookieName'), value: readText(answer, 'value') }
}
