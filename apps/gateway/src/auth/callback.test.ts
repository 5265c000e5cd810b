import { StoreUnavailableError, type SessionStore } from '@sentry-graph/session-store'
import type { Fault } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import type { Dependencies } from '../dependencies.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { signInFailures, type SignInFailureCode } from './failures.ts'

let gateway: TestGateway

/** Gateways by their settings; a test that replaces a dependency has one of its own. */
const shared = new Map<string, TestGateway>()

afterEach(async () => {
  if (![...shared.values()].includes(gateway)) await gateway.close()
})

afterAll(() => Promise.all([...shared.values()].map((one) => one.close())))

const uuid = /^[0-9a-f-]{36}$/

/**
 * The code with which a sign-in ends on the error page. The page's address carries code and id alone, the log knows both,
 * and the browser's session stays what it was.
 */
async function failureOf(browser: Browser, callbackPath: string): Promise<string | null> {
  const formerCookie = browser.cookies.get('sentry_graph')
  const answer = await browser.get(callbackPath)
  expect([answer.statusCode, answer.body]).toEqual([303, ''])
  expect(browser.cookies.get('sentry_graph')).toBe(formerCookie)
  const { pathname, searchParams } = new URL(answer.headers.location ?? '', 'http://localhost:3001')
  expect([pathname, ...searchParams.keys()]).toEqual(['/auth/error', 'code', 'id'])
  const code = searchParams.get('code') as SignInFailureCode
  const line = gateway.log().findLast(({ event }) => event === 'sign_in.failed')
  expect(line).toMatchObject({ code, correlationId: searchParams.get('id'), level: signInFailures[code].log })
  return code
}

const storeThat =
  (changes: Partial<SessionStore>) =>
  ({ store }: Dependencies) => ({ store: { ...store, ...changes } })

const away = async () => {
  throw new StoreUnavailableError({ cause: new Error('disk I/O error') })
}

async function startWithBrowser(settings: Record<string, string> = {}, replace?: Parameters<typeof startGateway>[1]) {
  gateway = replace === undefined ? await share(settings) : await startGateway(settings, replace)
  const { sandbox } = gateway
  sandbox.people.forEach(({ id }) => sandbox.revokePerson(id))
  sandbox.clearFaults()
  sandbox.clearRequests()
  return { browser: gateway.openBrowser(), mira: person(sandbox, 'mira').id, sandbox }
}

async function share(settings: Record<string, string>): Promise<TestGateway> {
  const key = JSON.stringify(settings)
  const found = shared.get(key) ?? (await startGateway(settings))
  shared.set(key, found)
  return found
}

const tokenRequests = () => gateway.sandbox.requests.filter(({ path }) => path === '/oauth/token/')

/** A state of the right form that nobody issued. */
const foreignState = 'f'.repeat(43)

describe('the state', () => {
  test.each(['', '?code=c', '?state=&code=c', '?state', '?state=%00'])(
    '%j is missing or unknown to a browser without a sign-in',
    async (query) => {
      const { browser } = await startWithBrowser()
      expect(await failureOf(browser, `/api/auth/callback${query}`)).toBe('state_missing')
      expect(tokenRequests()).toEqual([])
    },
  )

  test('of another browser is refused, and its code never sent', async () => {
    const { browser: attacker, mira } = await startWithBrowser()
    const planted = await attacker.answerAtSentry(await attacker.begin(), mira)
    const victim = gateway.openBrowser()
    expect(await failureOf(victim, planted)).toBe('state_missing')
    expect(tokenRequests()).toEqual([])
    // Without the binding to the browser it works: the attacker's own goes through.
    expect((await attacker.get(planted)).headers.location).toBe('/auth/success')
  })

  test('of another browser is refused while a sign-in of one’s own is under way', async () => {
    const { browser: attacker, mira } = await startWithBrowser()
    const planted = await attacker.answerAtSentry(await attacker.begin(), mira)
    const victim = gateway.openBrowser()
    await victim.begin()
    expect(await failureOf(victim, planted)).toBe('state_mismatch')
    expect(tokenRequests()).toEqual([])
  })

  test.each([
    ['made up', () => foreignState],
    ['one character off', (state: string) => state.slice(0, -1) + (state.endsWith('A') ? 'B' : 'A')],
    ['shortened', (state: string) => state.slice(0, -1)],
    ['lengthened', (state: string) => `${state}A`],
    ['in other letters', (state: string) => state.toUpperCase()],
    ['overlong', () => 's'.repeat(8000)],
  ])('%s does not match', async (_, change) => {
    const { browser, mira } = await startWithBrowser()
    const [path, query] = (await browser.answerAtSentry(await browser.begin(), mira)).split('?')
    const parameters = new URLSearchParams(query)
    parameters.set('state', change(parameters.get('state') ?? ''))
    expect(await failureOf(browser, `${path}?${parameters}`)).toBe('state_mismatch')
    expect(tokenRequests()).toEqual([])
  })

  test('expires', async () => {
    const { browser, mira } = await startWithBrowser({ SIGN_IN_TTL: '60' })
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    gateway.clock.advance(60)
    expect(await failureOf(browser, callback)).toBe('state_expired')
    expect(tokenRequests()).toEqual([])
  })

  test('cannot be used again with a restored cookie', async () => {
    const { browser, mira } = await startWithBrowser()
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    const saved = browser.cookies.get('sentry_graph_sign_in') ?? ''
    await browser.get(callback)
    const thief = gateway.openBrowser()
    thief.cookies.set('sentry_graph_sign_in', saved)
    expect(await failureOf(thief, callback)).toBe('state_reused')
    expect(tokenRequests()).toHaveLength(1)
  })

  test('is spent also when the person says no', async () => {
    const { browser, mira } = await startWithBrowser()
    const callback = await browser.answerAtSentry(await browser.begin(), mira, 'deny')
    const saved = browser.cookies.get('sentry_graph_sign_in') ?? ''
    expect(await failureOf(browser, callback)).toBe('access_denied')
    browser.cookies.set('sentry_graph_sign_in', saved)
    const answer = await browser.get(callback)
    expect(answer.headers.location).toContain('code=state_reused')
  })

  test('of two that arrive at once is used by one', async () => {
    const { browser, mira } = await startWithBrowser()
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    const headers = { host: 'localhost:3001', ...browser.cookieHeader() }
    const answers = await Promise.all([1, 2, 3].map(() => gateway.app.inject({ url: callback, headers })))
    const locations = answers.map((answer) => answer.headers.location?.replace(/&id=.*/, ''))
    expect(locations.filter((location) => location === '/auth/success')).toHaveLength(1)
    expect(locations.filter((location) => location === '/auth/error?code=state_reused')).toHaveLength(2)
    expect(tokenRequests()).toHaveLength(1)
  })
})

describe('Sentry’s answer', () => {
  test.each([
    ['access_denied', 'access_denied'],
    ['invalid_scope', 'invalid_scope'],
    ['server_error', 'provider_error'],
    ['invalid_request', 'provider_error'],
    ['<script>alert(1)</script>', 'provider_error'],
  ] as const)('with error=%s fails as %s, its words not repeated', async (error, code) => {
    const { browser } = await startWithBrowser()
    const state = new URL(await browser.begin()).searchParams.get('state')
    const query = new URLSearchParams({ error, error_description: 'their-own-words', state: state ?? '' })
    expect(await failureOf(browser, `/api/auth/callback?${query}`)).toBe(code)
    expect(gateway.rawLog()).not.toMatch(/their-own-words|script>/)
  })

  test.each([
    ['no code', 'missing_code', (state: string) => `state=${state}`],
    ['an empty code', 'missing_code', (state: string) => `state=${state}&code=`],
    ['two codes', 'provider_error', (state: string) => `state=${state}&code=a&code=b`],
    ['two states', 'provider_error', (state: string) => `state=${state}&state=${foreignState}&code=a`],
    ['a foreign issuer', 'provider_error', (state: string) => `state=${state}&code=a&iss=https://evil.example`],
    ['a code beyond all measure', 'provider_error', (state: string) => `state=${state}&code=${'c'.repeat(5000)}`],
  ] as const)('with %s fails as %s before anything is exchanged', async (_, code, write) => {
    const { browser } = await startWithBrowser()
    const state = new URL(await browser.begin()).searchParams.get('state') ?? ''
    expect(await failureOf(browser, `/api/auth/callback?${write(state)}`)).toBe(code)
    expect(tokenRequests()).toEqual([])
  })

  test('with a code that Sentry did not issue is refused at the exchange', async () => {
    const { browser } = await startWithBrowser()
    const state = new URL(await browser.begin()).searchParams.get('state')
    expect(await failureOf(browser, `/api/auth/callback?state=${state}&code=${'0'.repeat(64)}`)).toBe(
      'exchange_refused',
    )
  })

  test('with a code of another person’s sign-in is refused, because the verifier is not theirs', async () => {
    const { browser: victim, mira } = await startWithBrowser()
    const stolen = new URLSearchParams((await victim.answerAtSentry(await victim.begin(), mira)).split('?')[1])
    const attacker = gateway.openBrowser()
    const state = new URL(await attacker.begin()).searchParams.get('state') ?? ''
    const injected = new URLSearchParams({ code: stolen.get('code') ?? '', state })
    expect(await failureOf(attacker, `/api/auth/callback?${injected}`)).toBe('exchange_refused')
    expect((await attacker.get('/api/auth/me')).statusCode).toBe(401)
  })
})

describe('the token endpoint', () => {
  test.each<[string, Fault, SignInFailureCode]>([
    ['500', { status: 500 }, 'provider_unavailable'],
    ['429', { status: 429, body: 'slow down' }, 'provider_unavailable'],
    ['invalid_client', { status: 401, body: { error: 'invalid_client' } }, 'exchange_refused'],
    ['a page', 'html', 'provider_unavailable'],
    ['a redirect', { redirect: 'http://evil.example/' }, 'provider_unavailable'],
    ['half an answer', 'truncate', 'provider_unavailable'],
    ['an empty object', { status: 200, body: {} }, 'provider_error'],
    ['a list', { status: 200, body: [] }, 'provider_error'],
    ['another type of token', { status: 200, body: { access_token: 'a', token_type: 'mac' } }, 'provider_error'],
    ['a cut connection', 'reset', 'provider_unavailable'],
    ['a cut connection after the work', 'lost', 'provider_unavailable'],
    ['silence', 'silence', 'exchange_timeout'],
    ['a drip', { dripMs: 400 }, 'exchange_timeout'],
  ])('answering with %s', async (_, fault, code) => {
    const { browser, mira, sandbox } = await startWithBrowser({ UPSTREAM_TIMEOUT: '500' })
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    sandbox.fault({ path: '/oauth/token/' }, fault)
    expect(await failureOf(browser, callback)).toBe(code)
    sandbox.clearFaults()
    expect((await browser.signIn(mira)).headers.location).toBe('/auth/success')
  })
})

describe('the profile', () => {
  test.each<[string, Fault]>([
    ['500', { status: 500 }],
    ['401', { status: 401, body: { detail: 'Invalid token' } }],
    ['a page', 'html'],
    ['a shape without id', { status: 200, body: { name: 'Nobody' } }],
    ['somebody else', { status: 200, body: { id: '999999', name: 'Somebody', email: 's@example.org', username: 's' } }],
    ['silence', 'silence'],
  ])('that comes as %s ends the sign-in', async (_, fault) => {
    const { browser, mira, sandbox } = await startWithBrowser({ UPSTREAM_TIMEOUT: '500' })
    sandbox.fault({ path: '/api/0/auth/' }, fault)
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    expect(await failureOf(browser, callback)).toBe('profile_unavailable')
  })
})

describe('the store', () => {
  test('away when the browser returns spends nothing: the same answer works once it is back', async () => {
    let isAway = true
    const { browser, mira } = await startWithBrowser({}, ({ store }) => ({
      store: { ...store, consumeState: (...input) => (isAway ? away() : store.consumeState(...input)) },
    }))
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    expect(await failureOf(browser, callback)).toBe('store_unavailable')
    expect(tokenRequests()).toEqual([])
    isAway = false
    expect((await browser.get(callback)).headers.location).toBe('/auth/success')
  })

  test('away when the session is to be kept', async () => {
    const { browser, mira } = await startWithBrowser({}, storeThat({ signIn: away }))
    expect(await failureOf(browser, await browser.answerAtSentry(await browser.begin(), mira))).toBe(
      'store_unavailable',
    )
    expect(browser.cookies.has('sentry_graph')).toBe(false)
  })

  test('that cannot make a session for another reason', async () => {
    const { browser, mira } = await startWithBrowser(
      {},
      storeThat({ signIn: () => Promise.reject(new TypeError('sealing failed')) }),
    )
    expect(await failureOf(browser, await browser.answerAtSentry(await browser.begin(), mira))).toBe(
      'session_unavailable',
    )
  })
})

test('two different session cookies make a session that could not be told apart, so none is made', async () => {
  const { browser, mira } = await startWithBrowser()
  await browser.signIn(mira)
  const callback = await browser.answerAtSentry(await browser.begin(), mira)
  const cookie = `${browser.cookieHeader().cookie}; sentry_graph=planted`
  const answer = await browser.get(callback, { cookie })
  expect(answer.headers.location).toContain('code=session_unavailable')
  expect(tokenRequests()).toHaveLength(1)
})

test('a program is told code, id and status', async () => {
  const { browser } = await startWithBrowser()
  const answer = await browser.getJson('/api/auth/callback')
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toEqual({ error: 'state_missing', id: expect.stringMatching(uuid) })
})

test('nothing of signing in is cached or leaves in a referrer', async () => {
  const { browser, mira } = await startWithBrowser()
  const answers = [await browser.signIn(mira), await browser.get('/api/auth/login'), await browser.get('/api/auth/me')]
  for (const { headers } of answers)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
})

describe('a signed-in person', () => {
  test('who reloads the callback is led home, and nothing is exchanged again', async () => {
    const { browser, mira } = await startWithBrowser()
    const callback = await browser.answerAtSentry(await browser.begin(), mira)
    await browser.get(callback)
    const cookie = browser.cookies.get('sentry_graph')
    const again = await browser.get(callback)
    expect([again.statusCode, again.headers.location]).toEqual([303, '/'])
    expect(tokenRequests()).toHaveLength(1)
    expect(browser.cookies.get('sentry_graph')).toBe(cookie)
  })

  test('is not switched by a callback of the attacker’s', async () => {
    const { browser: victim, mira } = await startWithBrowser()
    await victim.signIn(mira)
    const attacker = gateway.openBrowser()
    const planted = await attacker.answerAtSentry(await attacker.begin(), person(gateway.sandbox, 'noor').id)
    for (const prepare of [async () => '', () => victim.begin()]) {
      await prepare()
      expect((await victim.get(planted)).headers.location).toBe('/')
      expect((await victim.get('/api/auth/me')).json().user.name).toBe('Mira Lindqvist')
    }
    expect(tokenRequests()).toHaveLength(1)
  })

  test('who signs in again gets a new session, and the former one ends', async () => {
    const { browser, mira } = await startWithBrowser()
    await browser.signIn(mira)
    const former = browser.cookies.get('sentry_graph') ?? ''
    await browser.signIn(mira)
    expect(browser.cookies.get('sentry_graph')).not.toBe(former)
    const thief = gateway.openBrowser()
    thief.cookies.set('sentry_graph', former)
    expect((await thief.get('/api/auth/me')).statusCode).toBe(401)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })

  test('can become somebody else', async () => {
    const { browser, mira } = await startWithBrowser()
    await browser.signIn(mira)
    const begun = await browser.begin()
    const other = gateway.openBrowser()
    const sam = person(gateway.sandbox, 'sam')
    await browser.get(await other.answerAtSentry(begun, sam.id))
    expect((await browser.get('/api/auth/me')).json().user).toMatchObject({ name: sam.name, email: sam.email })
  })
})
