import { AuthenticationEndedError } from '@sentry-graph/schema'
import { StoreUnavailableError, type SessionStore } from '@sentry-graph/session-store'
import { describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person } from '../gateway.fixture.ts'
import { createAccessTokens } from './access-token.ts'
import { createRevocation } from './revocation.ts'
import { closeAfterEach, codeOf, day, gateway, openSession, query, refreshes, signedIn } from './refreshing.fixture.ts'

closeAfterEach()

const accessTokenParts = () => ({ ...gateway().dependencies, revoke: createRevocation(gateway().dependencies) })

/** Kills the access token as Sentry would, without anybody having asked for another. */
async function killAccessToken(browser: Browser) {
  gateway().sandbox.expireAccessToken((await openSession(browser)).grant.tokens.accessToken)
}
/** A promise and who keeps it. */
function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: () => resolve() }
}

/** A store that keeps a record of what it is asked. */
function watchStore(store: SessionStore, asked: string[]): SessionStore {
  const watched = Object.entries(store).map(([name, ask]) => [
    name,
    (...input: unknown[]): unknown => {
      asked.push(name)
      return (ask as (...input: unknown[]) => unknown)(...input)
    },
  ])
  return Object.fromEntries(watched) as SessionStore
}

test('a signed-in request of a fresh access token reads the store once', async () => {
  const asked: string[] = []
  const browser = await signedIn(({ store }) => ({ store: watchStore(store, asked) }))
  asked.length = 0
  expect(await codeOf(browser)).toBe('fine')
  expect(asked).toEqual(['openSession'])
  gateway().clock.advance(29 * day)
  await codeOf(browser)
  expect(asked).toContain('claimRefresh')
})

test('a fresh access token is used as it is', async () => {
  const browser = await signedIn()
  gateway().clock.advance(26 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(0)
})

test('one in the last tenth of its life is replaced once for fifty requests at a time', async () => {
  const browser = await signedIn()
  gateway().clock.advance(29 * day)
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
  let opened = 0
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
      async openSession(secret, use) {
        const session = await store.openSession(secret, use)
        if (++opened === 30) reached.open()
        return session
      },
    },
  }))
  gateway().clock.advance(31 * day)
  const asked = Array.from({ length: 30 }, () => codeOf(browser))
  await reached.passed
  answered.open()
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['fine']))
  expect(refreshes()).toBe(1)
})

test('thirty sessions whose access tokens die together are refreshed once each, and all requests are answered', async () => {
  const browsers = [await signedIn()]
  while (browsers.length < 30) {
    const browser = gateway().openBrowser()
    await browser.signIn(person(gateway().sandbox, browsers.length % 2 === 0 ? 'mira' : 'noor').id)
    browsers.push(browser)
  }
  gateway().clock.advance(31 * day)
  gateway().sandbox.clearRequests()
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
        order.push(`asked ${gateway().sandbox.requests.filter(({ host }) => host === 'control').length}`)
        return store.replaceTokens(input)
      },
    },
  }))
  gateway().clock.advance(29 * day)
  await browser.graphql(query)
  expect(order).toEqual(['asked 1'])
  expect(gateway().sandbox.requests.map(({ path }) => path)).toEqual(['/oauth/token/', '/api/0/organizations/'])
})

test('a restart after a replacement goes on with the new pair', async () => {
  const browser = await signedIn()
  gateway().clock.advance(29 * day)
  await browser.graphql(query)
  const { cookies } = browser
  await gateway().restart()
  const later = gateway().openBrowser()
  cookies.forEach((value, name) => later.cookies.set(name, value))
  expect(await codeOf(later)).toBe('fine')
  expect(refreshes()).toBe(1)
})

describe('with the token endpoint down', () => {
  test('a living access token goes on being used, and the endpoint is left alone for a while', async () => {
    const browser = await signedIn()
    gateway().clock.advance(29 * day)
    gateway().sandbox.fault({ path: '/oauth/token/' }, { status: 503 })
    for (let request = 0; request < 5; request++) expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(1)

    gateway().sandbox.clearFaults()
    gateway().clock.advance(60)
    expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(2)
  })

  test.each(['reset', 'html', 'truncate'] as const)(
    'by %s, a dead one is an outage and signs nobody out',
    async (fault) => {
      const browser = await signedIn()
      gateway().clock.advance(31 * day)
      gateway().sandbox.fault({ path: '/oauth/token/' }, fault)
      expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
      expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
      gateway().sandbox.clearFaults()
      gateway().sandbox.clearRequests()
    },
  )

  test('it comes back by itself', async () => {
    const browser = await signedIn()
    gateway().clock.advance(31 * day)
    gateway().sandbox.fault({ path: '/oauth/token/' }, { status: 500 })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    gateway().sandbox.clearFaults()
    expect(await codeOf(browser)).toBe('fine')
  })

  test('by refusing us, nobody is signed out either', async () => {
    const browser = await signedIn()
    gateway().clock.advance(31 * day)
    gateway().sandbox.fault({ path: '/oauth/token/' }, { status: 401, body: { error: 'invalid_client' } })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  })
})

test('whoever was on the way with the old access token goes on with the new one', async () => {
  const browser = await signedIn()
  const { opened, grant } = await openSession(browser)
  const [ours, theirs] = [createAccessTokens(accessTokenParts()), createAccessTokens(accessTokenParts())]
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
  const foreign = createAccessTokens({ ...accessTokenParts(), sentryUrl: 'https://sentry.example.com' })(opened)
  await expect(foreign.current()).rejects.toThrow(AuthenticationEndedError)
  await expect(foreign.replace('any')).rejects.toThrow(AuthenticationEndedError)
})

/** A gateway that tells what it revokes, and whose refreshes and saves can be held up. */
test('with a store that can only be read, a living access token goes on being used', async () => {
  const browser = await signedIn(({ store }) => ({
    store: {
      ...store,
      async claimRefresh() {
        throw new StoreUnavailableError({ cause: new Error('disk full') })
      },
    },
  }))
  gateway().clock.advance(29 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(0)
})

test('a Sentry that refuses what it issues is asked for one new pair in an operation', async () => {
  const browser = await signedIn()
  gateway().sandbox.fault({ path: /^\/api\/0\// }, { status: 401, body: { detail: 'Invalid token' } })
  const answer = await browser.graphql('{ viewer { organizations { nodes { slug } } regions { name } } }')
  expect(answer.json().errors[0].extensions.code).toBe('UNAUTHENTICATED')
  expect(refreshes()).toBe(1)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
})
