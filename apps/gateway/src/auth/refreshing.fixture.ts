import { afterEach } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let started: TestGateway

/** Closes what `signedIn` starts. */
export function closeAfterEach(): void {
  afterEach(() => started.close())
}

/** The gateway of this test, once somebody has signed in. */
export const gateway = () => started

export const day = 86_400
export const query = '{ viewer { organizations { nodes { slug } } } }'

/** The browser of somebody whose session outlives their access token, before a Sentry that was asked nothing yet. */
export async function signedIn(replace?: Parameters<typeof startGateway>[1]): Promise<Browser> {
  started = await startGateway({ SESSION_IDLE_TTL: `${60 * day}`, SESSION_ABSOLUTE_TTL: `${60 * day}` }, replace)
  const browser = started.openBrowser()
  await browser.signIn(person(started.sandbox, 'mira').id)
  started.sandbox.clearRequests()
  return browser
}

/** How often the token endpoint was asked. */
export const refreshes = () => started.sandbox.requests.filter(({ path }) => path === '/oauth/token/').length

/** What a query of Sentry's data ends with. */
export const codeOf = async (browser: Browser): Promise<string> =>
  (await browser.graphql(query)).json().errors?.[0].extensions.code ?? 'fine'

/** The session of the browser, as a request opens it, and its grant. */
export async function openSession(browser: Browser) {
  const sealed = decodeURIComponent(browser.cookies.get('sentry_graph') ?? '')
  const secret = started.app.decodeSecureSession(sealed, started.app.log, 'sessionCookie')?.get('secret')
  const { store } = started.dependencies
  const opened = await store.openSession(secret)
  const grant = await store.findGrant(opened?.grant.id ?? '')
  if (opened === null || grant === null) throw new Error('Nobody is signed in')
  return { opened, grant }
}
