import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { createPostgresDatabase, runSql, type PostgresDatabase } from '@sentry-graph/session-store/testing'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { startGatewayProcess, type GatewayProcess } from './gateway-process.fixture.ts'
import { person } from './gateway.fixture.ts'

const query = '{ viewer { organizations { nodes { slug } } } }'
const proof = { 'graphql-require-preflight': '1' }

let database: PostgresDatabase
let sandbox: Sandbox
let gateways: GatewayProcess[]
/** The same browser, served by the one and by the other. */
let browsers: Browser[]

beforeAll(async () => {
  database = await createPostgresDatabase(inject('postgresUrl') ?? '')
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  const settings = { DATABASE_URL: database.url, UPSTREAM_TIMEOUT: '60000' }
  gateways = await Promise.all([startGatewayProcess(settings, sandbox), startGatewayProcess(settings, sandbox)])
})

afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  await sandbox.close()
  await database.drop()
})

beforeEach(async () => {
  browsers = gateways.map((gateway) => gateway.openBrowser())
  await browsers[0]?.signIn(person(sandbox, 'mira').id)
  browsers[0]?.cookies.forEach((value, name) => browsers[1]?.cookies.set(name, value))
  sandbox.clearRequests()
  sandbox.clearFaults()
})

/** As if the access token had come to its end while nobody asked. */
const ageAccessTokens = () => runSql(database.url, 'update grants set issued_at = 0, expires_at = 1')

const requestsTo = (path: string) => sandbox.requests.filter((request) => request.path === path).length

async function askBoth(): Promise<Set<string>> {
  const asked = browsers.flatMap((browser) => Array.from({ length: 50 }, () => browser.graphql(query)))
  return new Set((await Promise.all(asked)).map(readCode))
}

function readCode({ json }: Awaited<ReturnType<Browser['graphql']>>): string {
  return json().errors?.[0].extensions.code ?? `${json().data.viewer?.organizations.nodes.length}`
}

test.each([
  ['at once', 0],
  ['in four seconds', 4_000],
])('a hundred requests at expiry refresh once and are all answered, with Sentry answering %s', async (_, delayMs) => {
  if (delayMs > 0) sandbox.fault({ path: '/oauth/token/' }, { delayMs })
  await ageAccessTokens()
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(requestsTo('/oauth/token/')).toBe(1)
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(requestsTo('/oauth/token/')).toBe(1)
})

test('an access token that Sentry has ended early is replaced once', async () => {
  sandbox.fault({ path: '/api/0/organizations/', times: 1 }, { status: 401, body: { detail: 'Token expired' } })
  expect(await askBoth()).toEqual(new Set(['3']))
  expect(requestsTo('/oauth/token/')).toBe(1)
})

test('who signs out on one is out on the other at once, and Sentry hears of it from one', async () => {
  const [first, second] = browsers
  expect((await second?.get('/api/auth/me'))?.statusCode).toBe(200)
  await first?.post('/api/auth/logout', proof)
  expect((await second?.get('/api/auth/me'))?.statusCode).toBe(401)
  expect((await second?.graphql(query))?.json().data).toEqual({ viewer: null })
  await expect.poll(() => requestsTo('/oauth/revoke/')).toBe(1)
})

test('a session that is revoked on one is dead on the other at once', async () => {
  const [first, second] = browsers
  const other = gateways[1]?.openBrowser()
  await other?.signIn(person(sandbox, 'mira').id)
  await other?.post('/api/auth/logout?everywhere=1', proof)
  for (const browser of [first, second]) expect((await browser?.get('/api/auth/me'))?.statusCode).toBe(401)
})

test('a grant that Sentry has ended ends for both', async () => {
  sandbox.revokePerson(person(sandbox, 'mira').id)
  await ageAccessTokens()
  expect(await askBoth()).not.toContain('3')
  expect(requestsTo('/oauth/token/')).toBe(1)
  for (const browser of browsers) expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
})
