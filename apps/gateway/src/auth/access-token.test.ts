import { AuthenticationEndedError } from '@sentry-graph/schema'
import { StoreUnavailableError } from '@sentry-graph/session-store'
import { afterEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { createAccessTokens } from './access-token.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const day = 86_400
const query = '{ viewer { organizations { nodes { slug } } } }'

async function signedIn(replace?: Parameters<typeof startGateway>[1]): Promise<Browser> {
  gateway = await startGateway({ SESSION_IDLE_TTL: `${60 * day}`, SESSION_ABSOLUTE_TTL: `${60 * day}` }, replace)
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  gateway.sandbox.clearRequests()
  return browser
}

const refreshes = () => gateway.sandbox.requests.filter(({ path }) => path === '/oauth/token/').length

const codeOf = async (browser: Browser) => (await browser.graphql(query)).json().errors?.[0].extensions.code ?? 'fine'

/** The session of the browser, as a request opens it, and its grant. */
async function openSession(browser: Browser) {
  const sealed = decodeURIComponent(browser.cookies.get('sentry_graph') ?? '')
  const secret = gateway.app.decodeSecureSession(sealed, gateway.app.log, 'sessionCookie')?.get('secret')
  const { store } = gateway.dependencies
  const opened = await store.openSession(secret)
  const grant = await store.findGrant(opened?.grant.id ?? '')
  if (opened === null || grant === null) throw new Error('Nobody is signed in')
  return { opened, grant }
}

/** Kills the access token as Sentry would, without anybody having asked for another. */
async function killAccessToken(browser: Browser) {
  gateway.sandbox.expireAccessToken((await openSession(browser)).grant.tokens.accessToken)
}

/** A promise and who keeps it. */
function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: () => resolve() }
}

test('a fresh access token is used as it is', async () => {
  const browser = await signedIn()
  gateway.clock.advance(26 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(0)
})

test('one in the last tenth of its life is replaced once for fifty requests at a time', async () => {
  const browser = await signedIn()
  gateway.clock.advance(29 * day)
  const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(browser)))
  expect(new Set(codes)).toEqual(new Set(['fine']))
  expect(refreshes()).toBe(1)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(1)
})

test('one that Sentry refuses early is replaced once for fifty requests, each of which is answered', async () => {
  const browser = await signedIn()
  await killAccessToken(browser)
  const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(browser)))
  expect(new Set(codes)).toEqual(new Set(['fine']))
  expect(refreshes()).toBe(1)
})

test('a slow replacement is waited for by everybody', async () => {
  const [reached, answered] = [createGate(), createGate()]
  let looks = 0
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      async refresh(refreshToken) {
        await answered.passed
        return oauth.refresh(refreshToken)
      },
    },
    store: {
      ...store,
      async findGrant(grantId) {
        const grant = await store.findGrant(grantId)
        if (++looks === 30) reached.open()
        return grant
      },
    },
  }))
  gateway.clock.advance(31 * day)
  const asked = Array.from({ length: 30 }, () => codeOf(browser))
  await reached.passed
  answered.open()
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['fine']))
  expect(refreshes()).toBe(1)
})

test('thirty sessions whose access tokens die together are refreshed once each, and all requests are answered', async () => {
  const browsers = [await signedIn()]
  while (browsers.length < 30) {
    const browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, browsers.length % 2 === 0 ? 'mira' : 'noor').id)
    browsers.push(browser)
  }
  gateway.clock.advance(31 * day)
  gateway.sandbox.clearRequests()
  const codes = await Promise.all(browsers.flatMap((browser) => [1, 2, 3, 4].map(() => codeOf(browser))))
  expect(new Set(codes)).toEqual(new Set(['fine']))
  expect(refreshes()).toBe(30)
})

test('the new pair is stored before anybody uses it', async () => {
  const order: string[] = []
  const browser = await signedIn(({ store }) => ({
    store: {
      ...store,
      async replaceTokens(input) {
        order.push(`asked ${gateway.sandbox.requests.filter(({ host }) => host === 'control').length}`)
        return store.replaceTokens(input)
      },
    },
  }))
  gateway.clock.advance(29 * day)
  await browser.graphql(query)
  expect(order).toEqual(['asked 1'])
  expect(gateway.sandbox.requests.map(({ path }) => path)).toEqual(['/oauth/token/', '/api/0/organizations/'])
})

test('a restart after a replacement goes on with the new pair', async () => {
  const browser = await signedIn()
  gateway.clock.advance(29 * day)
  await browser.graphql(query)
  const { cookies } = browser
  await gateway.restart()
  const later = gateway.openBrowser()
  cookies.forEach((value, name) => later.cookies.set(name, value))
  expect(await codeOf(later)).toBe('fine')
  expect(refreshes()).toBe(1)
})

describe('with the token endpoint down', () => {
  test('a living access token goes on being used, and the endpoint is left alone for a while', async () => {
    const browser = await signedIn()
    gateway.clock.advance(29 * day)
    gateway.sandbox.fault({ path: '/oauth/token/' }, { status: 503 })
    for (let request = 0; request < 5; request++) expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(1)

    gateway.sandbox.clearFaults()
    gateway.clock.advance(60)
    expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(2)
  })

  test.each(['reset', 'html', 'truncate'] as const)(
    'by %s, a dead one is an outage and signs nobody out',
    async (fault) => {
      const browser = await signedIn()
      gateway.clock.advance(31 * day)
      gateway.sandbox.fault({ path: '/oauth/token/' }, fault)
      expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
      expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
      gateway.sandbox.clearFaults()
      gateway.sandbox.clearRequests()
    },
  )

  test('it comes back by itself', async () => {
    const browser = await signedIn()
    gateway.clock.advance(31 * day)
    gateway.sandbox.fault({ path: '/oauth/token/' }, { status: 500 })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    gateway.sandbox.clearFaults()
    expect(await codeOf(browser)).toBe('fine')
  })

  test('by refusing us, nobody is signed out either', async () => {
    const browser = await signedIn()
    gateway.clock.advance(31 * day)
    gateway.sandbox.fault({ path: '/oauth/token/' }, { status: 401, body: { error: 'invalid_client' } })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })
})

test('a refresh token that two resets may have used up is sent again once Sentry has taken the access token', async () => {
  const browser = await signedIn()
  gateway.clock.advance(29 * day)
  gateway.sandbox.fault({ path: '/oauth/token/', times: 2 }, 'reset')
  for (const sent of [1, 2, 2, 3]) {
    expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(sent)
    gateway.clock.advance(60)
  }
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(3)
})

test('whoever was on the way with the old access token goes on with the new one', async () => {
  const browser = await signedIn()
  const { opened, grant } = await openSession(browser)
  const [ours, theirs] = [createAccessTokens(gateway.dependencies), createAccessTokens(gateway.dependencies)]
  const late = ours(opened)
  const old = await late.current()
  expect(old).toBe(grant.tokens.accessToken)
  const next = await theirs(opened).replace(old)
  expect(next).not.toBe(old)
  expect(await late.replace(old)).toBe(next)
  expect(await late.current()).toBe(next)
  expect(refreshes()).toBe(1)
})

test('the access token of another Sentry is not given out, whatever has opened the session', async () => {
  const browser = await signedIn()
  const { opened } = await openSession(browser)
  const foreign = createAccessTokens({ ...gateway.dependencies, sentryUrl: 'https://sentry.example.com' })(opened)
  await expect(foreign.current()).rejects.toThrow(AuthenticationEndedError)
  await expect(foreign.replace('any')).rejects.toThrow(AuthenticationEndedError)
})

/** A gateway that tells what it revokes, and whose refreshes and saves can be held up. */
async function signedInWatched() {
  const { promise: revoked, resolve } = Promise.withResolvers<string>()
  const levers = { isStoreAway: false, beforeRefresh: async () => {} }
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      async refresh(refreshToken) {
        await levers.beforeRefresh()
        return oauth.refresh(refreshToken)
      },
      async revoke(token) {
        const isRevoked = await oauth.revoke(token)
        resolve(token)
        return isRevoked
      },
    },
    store: {
      ...store,
      async replaceTokens(input) {
        if (levers.isStoreAway) throw new StoreUnavailableError({ cause: new Error('disk full') })
        return store.replaceTokens(input)
      },
    },
  }))
  return { browser, levers, revoked }
}

const refresh = async (token: string) => gateway.dependencies.oauth.refresh(token)

describe('a pair that nobody will use', () => {
  test('because the person signed out while Sentry issued it, is revoked', async () => {
    const { browser, levers, revoked } = await signedInWatched()
    const { opened } = await openSession(browser)
    levers.beforeRefresh = () => gateway.dependencies.store.endSession(opened.session.id)
    gateway.clock.advance(29 * day)
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    const token = await revoked
    levers.beforeRefresh = async () => {}
    await expect(refresh(token)).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })

  test('because the person signed out while the store was away, is revoked and forgotten by the next request', async () => {
    const { browser, levers, revoked } = await signedInWatched()
    const { opened } = await openSession(browser)
    gateway.clock.advance(31 * day)
    levers.isStoreAway = true
    expect(await codeOf(browser)).toBe('INTERNAL')
    levers.isStoreAway = false
    await gateway.dependencies.store.endSession(opened.session.id)

    const stranger = gateway.openBrowser()
    await stranger.signIn(person(gateway.sandbox, 'noor').id)
    expect(await codeOf(stranger)).toBe('fine')
    await expect(refresh(await revoked)).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })
})

test('a pair whose saving was acknowledged to nobody is used, not revoked', async () => {
  let isLost = true
  const revoked: string[] = []
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      async revoke(token) {
        revoked.push(token)
        return true
      },
    },
    store: {
      ...store,
      async replaceTokens(input) {
        const isReplaced = await store.replaceTokens(input)
        if (isLost) throw new StoreUnavailableError({ cause: new Error('connection lost') })
        return isReplaced
      },
    },
  }))
  gateway.clock.advance(31 * day)
  expect(await codeOf(browser)).toBe('INTERNAL')
  isLost = false
  expect(await codeOf(browser)).toBe('fine')
  expect([refreshes(), revoked]).toEqual([1, []])
})

test('with a store that can only be read, a living access token goes on being used', async () => {
  const browser = await signedIn(({ store }) => ({
    store: {
      ...store,
      async claimRefresh() {
        throw new StoreUnavailableError({ cause: new Error('disk full') })
      },
    },
  }))
  gateway.clock.advance(29 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(0)
})

describe('a grant that Sentry has ended', () => {
  test('ends once, and with it the session', async () => {
    const browser = await signedIn()
    gateway.sandbox.revokePerson(person(gateway.sandbox, 'mira').id)
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.graphql(query)))
    expect(refreshes()).toBe(1)
    expect(answers[0]?.json().errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'grant_ended' })
    for (const answer of answers) expect(answer.body).toContain('UNAUTHENTICATED')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })

  test('after two attempts whose answers were lost is asked about once, and not refreshed a third time', async () => {
    const browser = await signedIn()
    gateway.clock.advance(31 * day)
    gateway.sandbox.fault({ path: '/oauth/token/', times: 1 }, 'lost')
    gateway.sandbox.fault({ path: '/oauth/token/', times: 1 }, 'reset')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')

    gateway.sandbox.fault({ path: '/api/0/auth/' }, { status: 503 })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)

    gateway.sandbox.clearFaults()
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    expect(refreshes()).toBe(2)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })

  test('after an answer that was lost ends with one more attempt', async () => {
    const browser = await signedIn()
    gateway.clock.advance(31 * day)
    gateway.sandbox.fault({ path: '/oauth/token/', times: 1 }, 'lost')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    expect(refreshes()).toBe(2)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })
})

test('the loser of a race follows the winner instead of ending the grant', async () => {
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      // Another process refreshes and stores its pair while ours is on its way with the same refresh token.
      async refresh(refreshToken) {
        const { accessToken, refreshToken: next, expiresAt, scopes } = await oauth.refresh(refreshToken)
        const grantId = raced.grantId
        await store.replaceTokens({
          grantId,
          version: 1,
          tokens: { accessToken, refreshToken: next },
          expiresAt,
          scopes,
        })
        return oauth.refresh(refreshToken)
      },
    },
    store: {
      ...store,
      async signIn(input) {
        const signedUp = await store.signIn(input)
        raced.grantId = signedUp.opened.grant.id
        return signedUp
      },
    },
  }))
  gateway.clock.advance(29 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(2)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
})

const raced = { grantId: '' }

test('a pair that could not be stored is stored later, not lost', async () => {
  let isAway = true
  const browser = await signedIn(({ store }) => ({
    store: {
      ...store,
      async replaceTokens(input) {
        if (isAway) throw new StoreUnavailableError({ cause: new Error('disk full') })
        return store.replaceTokens(input)
      },
    },
  }))
  gateway.clock.advance(31 * day)
  expect(await codeOf(browser)).toBe('INTERNAL')
  isAway = false
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(1)
})

test('a Sentry that refuses what it issues is asked for one new pair in an operation', async () => {
  const browser = await signedIn()
  gateway.sandbox.fault({ path: /^\/api\/0\// }, { status: 401, body: { detail: 'Invalid token' } })
  const answer = await browser.graphql('{ viewer { organizations { nodes { slug } } regions { name } } }')
  expect(answer.json().errors[0].extensions.code).toBe('UNAUTHENTICATED')
  expect(refreshes()).toBe(1)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
})
