import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let other: Sandbox

beforeEach(async () => {
  gateway = await startGateway()
  other = await startSandbox({ port: 0, rateLimit: false })
})

afterEach(async () => {
  await gateway.close()
  await other.close()
})

const query = '{ viewer { organizations { nodes { slug } } } }'

function carryOver({ cookies }: Browser): Browser {
  const browser = gateway.openBrowser()
  cookies.forEach((value, name) => browser.cookies.set(name, value))
  return browser
}

test('a session of another Sentry than the configured one opens nothing, and its tokens go nowhere', async () => {
  const browser = await signedIn()
  await gateway.restart({}, other)
  const later = carryOver(browser)
  expect((await later.get('/api/auth/me')).statusCode).toBe(401)
  expect((await later.graphql(query)).json().data).toEqual({ viewer: null })
  expect(other.requests).toEqual([])

  await gateway.restart()
  expect((await carryOver(browser).graphql(query)).json().data.viewer.organizations.nodes).toHaveLength(3)
})

test('it can still be signed out, and stays so', async () => {
  const browser = await signedIn()
  await gateway.restart({}, other)
  await carryOver(browser).post('/api/auth/logout', { 'graphql-require-preflight': '1' })
  await gateway.restart()
  expect((await carryOver(browser).get('/api/auth/me')).statusCode).toBe(401)
  expect(other.requests).toEqual([])
})

async function signedIn(): Promise<Browser> {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  return browser
}

test('a session remembers where it was used from, and another user agent is noticed once and not shut out', async () => {
  const browser = await signedIn()
  const { user } = (await browser.get('/api/auth/me', { 'user-agent': 'Firefox' })).json()
  const notices = () => gateway.log().filter(({ event }) => event === 'session.new_agent')
  const before = notices().length

  for (let use = 0; use < 3; use++) {
    gateway.clock.advance(61)
    expect((await browser.get('/api/auth/me', { 'user-agent': 'curl/8.5.0' })).statusCode).toBe(200)
  }
  const [{ session } = {}] = await gateway.dependencies.store.listSessions(user.id)
  expect(session).toMatchObject({ userAgent: 'curl/8.5.0', addressFamily: 'ipv4', lastUsedAt: gateway.clock.now })
  expect(notices().slice(before)).toEqual([expect.objectContaining({ sessionId: session?.id, userId: user.id })])
  expect(gateway.rawLog()).not.toContain('curl/8.5.0')
})
