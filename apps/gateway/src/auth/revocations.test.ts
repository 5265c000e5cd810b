import { StoreUnavailableError } from '@sentry-graph/session-store'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { createRevocations } from './revocations.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const meant = { 'graphql-require-preflight': '1' }
const endpoint = { path: '/oauth/revoke/' }
const asked = () => gateway.sandbox.requests.filter(({ path }) => path === endpoint.path).length
const lines = (event: string) => gateway.log().filter((line) => line.event === event)
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 })

async function signIn(name: 'mira' | 'noor' = 'mira'): Promise<Browser> {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, name).id)
  return browser
}

/** Somebody who has signed out while Sentry was away. */
async function signOutDuringOutage(settings: Record<string, string> = {}) {
  gateway = await startGateway(settings)
  const browser = await signIn()
  gateway.sandbox.fault(endpoint, { status: 503 })
  expect((await browser.post('/api/auth/logout', meant)).statusCode).toBe(200)
  await until(() => expect(lines('tokens.not_revoked')).toHaveLength(1))
  gateway.sandbox.clearFaults()
}

describe('with Sentry away at sign-out, it is told later', () => {
  test('not before a minute, and then by whoever comes', async () => {
    await signOutDuringOutage()
    const bystander = await signIn('noor')
    await until(() => expect(asked()).toBe(1))
    gateway.clock.advance(61)
    await bystander.post('/api/auth/logout', meant)
    await until(() => expect(lines('tokens.revoked')).toHaveLength(2))
    expect(asked()).toBe(3)
  })

  test('also when the process has been restarted since', async () => {
    await signOutDuringOutage()
    gateway.clock.advance(61)
    await gateway.restart()
    await gateway.app.ready()
    await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
    await gateway.restart()
    await gateway.app.ready()
    expect(asked()).toBe(2)
  })

  test('also when nobody comes', async () => {
    await signOutDuringOutage()
    gateway.clock.advance(61)
    const waiting = createRevocations({ ...gateway.dependencies, interval: 20 })
    waiting.start()
    await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
    await waiting.close()
  })

  test('by one of two gateways', async () => {
    await signOutDuringOutage()
    gateway.clock.advance(61)
    const both = [createRevocations(gateway.dependencies), createRevocations(gateway.dependencies)]
    for (const revocations of both) revocations.start()
    await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
    for (const revocations of both) await revocations.close()
    expect(asked()).toBe(2)
  })

  test('and is left alone meanwhile, however many sign out', async () => {
    gateway = await startGateway()
    const browsers = [await signIn(), await signIn(), await signIn()]
    gateway.sandbox.fault(endpoint, { status: 503 })
    gateway.sandbox.clearRequests()
    await browsers[0]?.post('/api/auth/logout?everywhere=1', meant)
    await until(() => expect(lines('tokens.not_revoked')).toHaveLength(1))
    expect(asked()).toBe(1)
  })
})

const away = async () => {
  throw new StoreUnavailableError({ cause: new Error('disk I/O error') })
}

/** Sentry is away while it is issued, and back a minute later, before another process. */
async function outlive(issue: () => Promise<void>) {
  gateway.sandbox.fault(endpoint, { status: 503 })
  await issue()
  await until(() => expect(lines('tokens.not_revoked')).toHaveLength(1))
  gateway.sandbox.clearFaults()
  gateway.sandbox.clearRequests()
  gateway.clock.advance(61)
  await gateway.restart()
  await gateway.app.ready()
}

const failSigningIn = async () => {
  const answer = await gateway.openBrowser().signIn(person(gateway.sandbox, 'mira').id)
  expect(answer.headers.location).toContain('/auth/error')
}

describe('a pair that no session came of is told of later as well, with Sentry away', () => {
  test('when nobody could be told to be its owner', async () => {
    gateway = await startGateway()
    gateway.sandbox.fault({ path: '/api/0/auth/' }, { status: 500 })
    await outlive(failSigningIn)
    await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
    expect(asked()).toBe(1)
  })

  test('when the session could not be kept', async () => {
    const issued: string[] = []
    gateway = await startGateway({}, ({ store }) => ({
      store: {
        ...store,
        async signIn({ tokens }) {
          issued.push(tokens.refreshToken ?? '')
          return away()
        },
      },
    }))
    await outlive(failSigningIn)
    await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
    const refreshed = gateway.dependencies.oauth.refresh(issued[0] ?? '')
    await expect(refreshed).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })

  test('when the person signed out while Sentry issued it', async () => {
    const day = 86_400
    const leaving = { userId: '' }
    const issued: string[] = []
    const lifetimes = { SESSION_IDLE_TTL: `${60 * day}`, SESSION_ABSOLUTE_TTL: `${60 * day}` }
    gateway = await startGateway(lifetimes, ({ store, oauth }) => ({
      oauth: {
        ...oauth,
        async refresh(refreshToken) {
          await store.endAllSessions(leaving.userId)
          const tokenSet = await oauth.refresh(refreshToken)
          issued.push(tokenSet.refreshToken ?? '')
          return tokenSet
        },
      },
    }))
    const browser = await signIn()
    leaving.userId = (await browser.get('/api/auth/me')).json().user.id
    gateway.clock.advance(29 * day)
    await outlive(async () => {
      const answer = await browser.graphql('{ viewer { organizations { nodes { slug } } } }')
      expect(answer.json().errors[0].extensions.code).toBe('UNAUTHENTICATED')
    })
    // The former pair as well.
    await until(() => expect(lines('tokens.revoked')).toHaveLength(2))
    const refreshed = gateway.dependencies.oauth.refresh(issued[0] ?? '')
    await expect(refreshed).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })
})

test('a refusal is the last word', async () => {
  gateway = await startGateway()
  const browser = await signIn()
  gateway.sandbox.fault(endpoint, { status: 401, body: { error: 'invalid_client' } })
  await browser.post('/api/auth/logout', meant)
  await until(() => expect(lines('tokens.not_revoked')).toHaveLength(1))
  gateway.sandbox.clearFaults()
  gateway.clock.advance(3_600)
  await gateway.restart()
  await gateway.app.ready()
  await (await signIn()).post('/api/auth/logout', meant)
  await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
  expect(asked()).toBe(2)
})

test('a busy Sentry is asked again', async () => {
  gateway = await startGateway()
  const browser = await signIn()
  gateway.sandbox.fault(endpoint, { status: 429 })
  await browser.post('/api/auth/logout', meant)
  await until(() => expect(lines('tokens.not_revoked')).toHaveLength(1))
  gateway.sandbox.clearFaults()
  gateway.clock.advance(61)
  await gateway.restart()
  await gateway.app.ready()
  await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
})

test('another sign-in of the same browser ends the former pair at Sentry', async () => {
  gateway = await startGateway()
  const browser = await signIn()
  const { user } = (await browser.get('/api/auth/me')).json()
  const { store, oauth } = gateway.dependencies
  const [{ session } = {}] = await store.listSessions(user.id)
  const former = await store.findGrant(session?.grantId ?? '')

  await browser.signIn(person(gateway.sandbox, 'mira').id)
  await until(() => expect(lines('tokens.revoked')).toHaveLength(1))
  const refreshed = oauth.refresh(former?.tokens.refreshToken ?? '')
  await expect(refreshed).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  const answer = await browser.graphql('{ viewer { organizations { nodes { slug } } } }')
  expect(answer.json().errors).toBeUndefined()
})

test('a store that is away is no reason to end', async () => {
  gateway = await startGateway()
  const { store } = gateway.dependencies
  const claimRevocation = vi.fn((host: string) => store.claimRevocation(host)).mockRejectedValueOnce(new Error('gone'))
  const revocations = createRevocations({ ...gateway.dependencies, store: { ...store, claimRevocation }, interval: 20 })
  revocations.start()
  await until(() => expect(claimRevocation.mock.calls.length).toBeGreaterThan(1))
  await revocations.close()
  expect(lines('tokens.not_revoked')).toHaveLength(1)
})
