import { StoreUnavailableError } from '@sentry-graph/session-store'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const meant = { 'graphql-require-preflight': '1' }

async function signedIn(replace?: Parameters<typeof startGateway>[1]) {
  gateway = await startGateway({}, replace)
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  return browser
}

test('ends the session on the server: a saved cookie is dead', async () => {
  const browser = await signedIn()
  const thief = gateway.openBrowser()
  thief.cookies.set('sentry_graph', browser.cookies.get('sentry_graph') ?? '')
  expect((await thief.get('/api/auth/me')).statusCode).toBe(200)

  const answer = await browser.post('/api/auth/logout', meant)
  expect([answer.statusCode, answer.json()]).toEqual([200, { message: 'Logged out successfully' }])
  expect(browser.cookies.has('sentry_graph')).toBe(false)
  expect((await thief.get('/api/auth/me')).statusCode).toBe(401)
  expect((await thief.graphql('{ viewer { user { name } } }')).json().data).toEqual({ viewer: null })
})

test('leaves the person’s other sessions alone unless asked for everywhere', async () => {
  const browser = await signedIn()
  const [phone, laptop] = [gateway.openBrowser(), gateway.openBrowser()]
  for (const other of [phone, laptop]) await other.signIn(person(gateway.sandbox, 'mira').id)
  const stranger = gateway.openBrowser()
  await stranger.signIn(person(gateway.sandbox, 'noor').id)

  await browser.post('/api/auth/logout', meant)
  expect((await phone.get('/api/auth/me')).statusCode).toBe(200)
  await phone.post('/api/auth/logout?everywhere=1', meant)
  expect((await laptop.get('/api/auth/me')).statusCode).toBe(401)
  expect((await stranger.get('/api/auth/me')).statusCode).toBe(200)
})

/** Somebody signed in whose revocations can be waited for, and held up. */
async function signedInWatched() {
  const revoked: string[] = []
  const levers = { before: async () => {}, done: Promise.withResolvers<void>() }
  const browser = await signedIn(({ oauth }) => ({
    oauth: {
      ...oauth,
      async revoke(token) {
        try {
          await levers.before()
          return await oauth.revoke(token)
        } finally {
          revoked.push(token)
          levers.done.resolve()
        }
      },
    },
  }))
  return { browser, revoked, levers }
}

const ask = async (token: string) => gateway.dependencies.oauth.refresh(token)

describe('tells Sentry that the tokens are out of use', () => {
  test('and they are', async () => {
    const { browser, revoked, levers } = await signedInWatched()
    await browser.post('/api/auth/logout', meant)
    await levers.done.promise
    await expect(ask(revoked[0] ?? '')).rejects.toMatchObject({ oauthError: 'invalid_grant' })
    expect(gateway.rawLog()).not.toContain(revoked[0])
  })

  test('of every session when signed out everywhere, and of nobody else', async () => {
    const { browser, revoked } = await signedInWatched()
    await gateway.openBrowser().signIn(person(gateway.sandbox, 'mira').id)
    const stranger = gateway.openBrowser()
    await stranger.signIn(person(gateway.sandbox, 'noor').id)
    await browser.post('/api/auth/logout?everywhere=1', meant)
    await vi.waitFor(() => expect(revoked).toHaveLength(2), { timeout: 10_000 })
    expect(new Set(revoked).size).toBe(2)
    const answer = await stranger.graphql('{ viewer { organizations { nodes { slug } } } }')
    expect(answer.json().errors).toBeUndefined()
  })

  test('without keeping the person waiting', async () => {
    const { browser, levers } = await signedInWatched()
    const held = Promise.withResolvers<void>()
    levers.before = () => held.promise
    expect((await browser.post('/api/auth/logout', meant)).statusCode).toBe(200)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
    held.resolve()
    await levers.done.promise
  })

  test.each(['reset', { status: 404 }, { status: 500 }] as const)('as well as can be: %j', async (fault) => {
    const { browser, levers } = await signedInWatched()
    gateway.sandbox.fault({ path: '/oauth/revoke/' }, fault)
    expect((await browser.post('/api/auth/logout', meant)).statusCode).toBe(200)
    await levers.done.promise
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })

  test('but not while another session uses them', async () => {
    const { browser, revoked } = await signedInWatched()
    const { store } = gateway.dependencies
    const { user } = (await browser.get('/api/auth/me')).json()
    const [{ session } = {}] = await store.listSessions(user.id)
    const expiresAt = new Date(gateway.clock.now.getTime() + 3_600_000)
    const client = { name: 'script', expiresAt, readOnly: true, organizations: null }
    await store.createClientSession({ userId: user.id, sessionId: session?.id ?? '', ...client })

    await browser.post('/api/auth/logout', meant)
    const grant = await store.findGrant(session?.grantId ?? '')
    expect(grant).not.toBeNull()
    const other = gateway.openBrowser()
    await other.signIn(person(gateway.sandbox, 'noor').id)
    await other.post('/api/auth/logout', meant)
    await vi.waitFor(() => expect(revoked).toHaveLength(1), { timeout: 10_000 })
    expect(revoked).not.toContain(grant?.tokens.refreshToken)
  })
})

test('of nobody is no failure, and deletes no cookie', async () => {
  gateway = await startGateway()
  const answer = await gateway.openBrowser().post('/api/auth/logout', meant)
  expect([answer.statusCode, answer.cookies]).toEqual([200, []])
})

test('deletes a cookie that opens nothing', async () => {
  gateway = await startGateway()
  const browser = gateway.openBrowser()
  browser.cookies.set('sentry_graph', 'x')
  expect((await browser.post('/api/auth/logout', meant)).statusCode).toBe(200)
  expect(browser.cookies.size).toBe(0)
})

describe('is refused', () => {
  test.each([
    ['without any proof', {}],
    ['from another site', { origin: 'https://evil.example' }],
    ['from an opaque origin', { origin: 'null' }],
    ['from an origin that begins like ours', { origin: 'http://localhost:3001.evil.example' }],
    ['from another port', { origin: 'http://localhost:3002' }],
  ])('%s', async (_, headers) => {
    const browser = await signedIn()
    const answer = await browser.post('/api/auth/logout', headers)
    expect([answer.statusCode, answer.json().error]).toEqual([403, 'cross_site'])
    expect(answer.json().message).toContain('graphql-require-preflight')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })

  test.each(['https://evil.example', 'null'])('from %s, header or not', async (origin) => {
    const browser = await signedIn()
    expect((await browser.post('/api/auth/logout', { ...meant, origin })).statusCode).toBe(403)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })

  // Such a form is a page navigation: it arrives without the Lax cookie, and the browser obeys the cookies of its answer.
  test.each(['text/plain', undefined])(
    'as a form of another site of type %s, whose answer sets no cookie',
    async (type) => {
      gateway = await startGateway()
      const headers = { origin: 'https://evil.example', ...(type === undefined ? {} : { 'content-type': type }) }
      const payload = type === undefined ? '' : 'x='
      const answer = await gateway.app.inject({ method: 'POST', url: '/api/auth/logout', headers, payload })
      expect([answer.statusCode, answer.cookies]).toEqual([type === undefined ? 403 : 415, []])
    },
  )

  test('as a form', async () => {
    const browser = await signedIn()
    const answer = await browser.post('/api/auth/logout', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(answer.statusCode).toBe(415)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })

  test('by GET', async () => {
    const browser = await signedIn()
    expect((await browser.get('/api/auth/logout', meant)).statusCode).toBe(404)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })
})

test('is accepted from our own page', async () => {
  const browser = await signedIn()
  expect((await browser.post('/api/auth/logout', { origin: 'http://localhost:3001' })).statusCode).toBe(200)
})

test('with the store away says so and keeps the cookie', async () => {
  let isAway = false
  gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      openSession(secret) {
        if (isAway) throw new StoreUnavailableError({ cause: new Error('disk I/O error') })
        return store.openSession(secret)
      },
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  isAway = true
  const answers = [await browser.post('/api/auth/logout', meant), await browser.get('/api/auth/me')]
  for (const answer of answers) {
    expect([answer.statusCode, answer.json().error]).toEqual([503, 'store_unavailable'])
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.cookies).toEqual([])
  }
  isAway = false
  expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
})
