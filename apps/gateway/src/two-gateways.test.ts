import { createPostgresDatabase, type PostgresDatabase } from '@sentry-graph/session-store/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { person, startGateway, type TestGateway } from './gateway.fixture.ts'

const day = 86_400
const query = '{ viewer { organizations { nodes { slug } } } }'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of the run. */
    postgresUrl?: string
  }
}

let database: PostgresDatabase
let gateways: [TestGateway, TestGateway]
/** The same browser, served by the one and by the other. */
let browsers: [Browser, Browser]

beforeEach(async () => {
  database = await createPostgresDatabase(inject('postgresUrl') ?? '')
  const settings = {
    DATABASE_URL: database.url,
    SESSION_IDLE_TTL: `${60 * day}`,
    SESSION_ABSOLUTE_TTL: `${60 * day}`,
    UPSTREAM_TIMEOUT: '60000',
  }
  const first = await startGateway(settings)
  gateways = [first, await startGateway(settings, undefined, first)]
  browsers = [gateways[0].openBrowser(), gateways[1].openBrowser()]
  await browsers[0].signIn(person(first.sandbox, 'mira').id)
  browsers[0].cookies.forEach((value, name) => browsers[1].cookies.set(name, value))
  first.sandbox.clearRequests()
})

afterEach(async () => {
  await gateways[1].close()
  await gateways[0].close()
  await database.drop()
})

const refreshes = () => gateways[0].sandbox.requests.filter(({ path }) => path === '/oauth/token/').length

/** What fifty requests on each process at once are answered. */
async function askBoth(): Promise<Set<string>> {
  const asked = browsers.flatMap((browser) => Array.from({ length: 50 }, () => browser.graphql(query)))
  return new Set((await Promise.all(asked)).map(readCode))
}

function readCode(answer: Awaited<ReturnType<Browser['graphql']>>): string {
  return answer.json().errors?.[0].extensions.code ?? `${answer.json().data.viewer?.organizations.nodes.length}`
}

test('fifty requests on each with an expired access token refresh it once, and all are answered', async () => {
  gateways[0].clock.advance(31 * day)
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(refreshes()).toBe(1)
})

test('fifty requests on each in the last part of its life do the same', async () => {
  gateways[0].clock.advance(29 * day)
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(refreshes()).toBe(1)
})

test('so they do with a token endpoint that takes four seconds', async () => {
  gateways[0].clock.advance(31 * day)
  gateways[0].sandbox.fault({ path: '/oauth/token/' }, { delayMs: 4000 })
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(refreshes()).toBe(1)
})

test('a grant that Sentry has ended ends for both with one request', async () => {
  gateways[0].sandbox.revokePerson(person(gateways[0].sandbox, 'mira').id)
  gateways[0].clock.advance(31 * day)
  expect(await askBoth()).not.toContain('3')
  expect(refreshes()).toBe(1)
  for (const browser of browsers) expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
})

test('a new pair that one has stored is what the other goes on with', async () => {
  gateways[0].clock.advance(31 * day)
  expect(readCode(await browsers[0].graphql(query))).toBe('3')
  expect(readCode(await browsers[1].graphql(query))).toBe('3')
  expect(refreshes()).toBe(1)
})

test('who signs out on one has signed out on the other', async () => {
  expect((await browsers[1].get('/api/auth/me')).statusCode).toBe(200)
  await browsers[0].post('/api/auth/logout', { 'graphql-require-preflight': '1' })
  expect((await browsers[1].get('/api/auth/me')).statusCode).toBe(401)
  expect((await browsers[1].graphql(query)).json().data).toEqual({ viewer: null })
})

test('a sign-in that began on one ends on the other, once', async () => {
  const [first, second] = [gateways[0].openBrowser(), gateways[1].openBrowser()]
  const answer = await first.answerAtSentry(await first.begin(), person(gateways[0].sandbox, 'noor').id)
  first.cookies.forEach((value, name) => second.cookies.set(name, value))
  expect((await second.get(answer)).headers.location).toBe('/auth/success')
  expect((await first.get(answer)).headers.location).toContain('code=state_reused')
})
