import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import type { Fault } from './faults.ts'
import { createApiClient, type ApiClient } from '../testing/api-client.ts'
import { findPerson, requestToken } from '../testing/sign-in.ts'

let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
})
afterEach(() => sandbox.clearFaults())
afterAll(() => sandbox.close())

const path = '/api/0/organizations/'
const list = (init?: Parameters<ApiClient>[1]) => mira('organizations/', init)

test('a status replaces the answer, with the body and the headers that were asked for', async () => {
  sandbox.fault({ path }, { status: 503, body: { detail: 'later' }, headers: { 'retry-after': '3' } })
  const answer = await list()
  expect([answer.status, answer.body, answer.headers.get('retry-after')]).toEqual([503, { detail: 'later' }, '3'])
  sandbox.clearFaults()
  sandbox.fault({ path }, { status: 502, body: '<h1>Bad Gateway</h1>' })
  expect(await list()).toMatchObject({ status: 502, body: '<h1>Bad Gateway</h1>' })
})

test('a fault strikes the given number of times, and only where it matches', async () => {
  sandbox.fault({ host: 'us', method: 'get', path: /^\/api\/0\/organizations\//, times: 1 }, { status: 500 })
  expect((await list()).status).toBe(200)
  const origin = sandbox.regions[0]?.url ?? ''
  expect((await list({ origin, method: 'PUT' })).status).toBe(405)
  expect((await list({ origin })).status).toBe(500)
  expect((await list({ origin })).status).toBe(200)
})

test('a pattern that remembers its place does not miss a request', async () => {
  sandbox.fault({ path: /organizations/g }, { status: 500 })
  expect([(await list()).status, (await list()).status]).toEqual([500, 500])
})

test('a page comes where JSON belongs', async () => {
  sandbox.fault({ path }, 'html')
  const answer = await list()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
})

test('a redirect leads elsewhere', async () => {
  sandbox.fault({ path }, { redirect: 'https://evil.example/' })
  const answer = await list()
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://evil.example/'])
})

test('an answer is late, dripping or cut short, but was the true one', async () => {
  const whole = (await list()).body
  sandbox.fault({ path, times: 1 }, { delayMs: 5 })
  expect((await list()).body).toEqual(whole)
  sandbox.fault({ path, times: 1 }, { dripMs: 1 })
  expect((await list()).body).toEqual(whole)
  sandbox.fault({ path, times: 1 }, 'truncate')
  await expect(list()).rejects.toThrow(TypeError)
})

test('a connection is cut, or never answered', async () => {
  sandbox.fault({ path, times: 1 }, 'reset')
  await expect(list()).rejects.toThrow(TypeError)
  sandbox.fault({ path, times: 1 }, 'silence')
  await expect(list({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(sandbox.requests.at(-1)).toMatchObject({ path, status: null })
})

test('a refresh whose answer is lost has happened: the old pair is dead', async () => {
  const { accessToken, refreshToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
  const refresh = () => requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken })
  sandbox.fault({ path: '/oauth/token/', times: 1 }, 'reset')
  await expect(refresh()).rejects.toThrow(TypeError)
  const headers = { authorization: `Bearer ${accessToken}` }
  expect((await list({ headers })).status).toBe(200)
  sandbox.fault({ path: '/oauth/token/', times: 1 }, 'lost')
  await expect(refresh()).rejects.toThrow(TypeError)
  expect((await list({ headers })).status).toBe(401)
  expect((await refresh()).status).toBe(400)
})

test.each([
  ['invalid-token', 401, { detail: 'Invalid token' }],
  ['token-expired', 401, { detail: 'Token expired' }],
  ['sso-required', 401, { detail: { code: 'sso-required', extra: { loginUrl: expect.any(String) } } }],
  ['superuser-required', 403, { detail: { code: 'superuser-required' } }],
] as const)('Sentry refuses with %s', async (refusal, status, body) => {
  sandbox.fault({ path }, { refusal })
  expect(await list()).toMatchObject({ status, body })
})

test('a 429 tells when its window ends, and no more', async () => {
  sandbox.fault({ path }, { rateLimited: 60 })
  const { status, headers } = await list()
  expect([status, headers.get('retry-after'), headers.get('x-sentry-rate-limit-remaining')]).toEqual([429, null, '0'])
  const reset = Number(headers.get('x-sentry-rate-limit-reset')) - Date.now() / 1000
  expect(reset).toBeGreaterThan(50)
})

test('JSON cannot be read, or there is none', async () => {
  sandbox.fault({ path, times: 1 }, 'garbage')
  await expect(list()).rejects.toThrow(SyntaxError)
  sandbox.fault({ path, times: 1 }, 'empty')
  await expect(list()).rejects.toThrow(SyntaxError)
})

const change = async (fault: Fault) => {
  sandbox.fault({ path, times: 1 }, fault)
  return ((await list()).body as Record<string, unknown>[])[0]
}

describe('a member of the answer', () => {
  test('is gone, null, or of another type', async () => {
    expect(await change({ field: 'slug', change: 'drop' })).not.toHaveProperty('slug')
    expect(await change({ field: 'slug', change: 'null' })).toMatchObject({ slug: null })
    expect(await change({ field: 'slug', change: 'type' })).toMatchObject({ slug: 42 })
  })

  test('is named by the end of its path', async () => {
    expect(await change({ field: 'links.regionUrl', change: 'drop' })).toMatchObject({
      links: { organizationUrl: expect.any(String) },
    })
    expect(await change({ field: 'avatar.regionUrl', change: 'drop' })).toHaveProperty('links.regionUrl')
  })
})

test('an answer is huge', async () => {
  const size = 3 * 1024 * 1024
  sandbox.fault({ path, times: 1 }, { hugeBytes: size })
  expect(JSON.stringify((await list()).body)).toHaveLength(size + '[{"padding":""}]'.length)
})

test('an answer is small on the wire and huge after it', async () => {
  const size = 3 * 1024 * 1024
  sandbox.fault({ path, times: 1 }, { gzipBombBytes: size })
  const { body, headers } = await list()
  expect(headers.get('content-encoding')).toBe('gzip')
  expect(JSON.stringify(body)).toHaveLength(size + '[{"padding":""}]'.length)
})

describe('a deprecated endpoint', () => {
  const deprecated = '2026-01-02T00:00:00Z'
  const replacement = '/api/0/other/'

  test('says so, and goes away at noon for a minute', async () => {
    const old = await startSandbox({ port: 0, clock: () => new Date('2026-10-01T11:59:59Z') })
    const noor = createApiClient(old, 'noor')
    old.fault({ path }, { deprecated, replacement })
    const before = await noor('organizations/')
    expect([before.status, before.headers.get('x-sentry-deprecation-date')]).toEqual([200, '2026-01-02T00:00:00+00:00'])
    expect(before.headers.get('x-sentry-replacement-endpoint')).toBe(replacement)
    old.serverClock.advance(1000)
    expect(await noor('organizations/')).toMatchObject({ status: 410, body: { message: 'This API no longer exists.' } })
    old.serverClock.advance(60_000)
    expect((await noor('organizations/')).status).toBe(200)
    await old.close()
  })

  test('stays until its date, and can then be gone for good', async () => {
    sandbox.fault({ path, times: 1 }, { deprecated: '2999-01-01T00:00:00Z', brownout: 'always' })
    expect((await list()).status).toBe(200)
    sandbox.fault({ path, times: 1 }, { deprecated, brownout: 'always' })
    expect((await list()).status).toBe(410)
  })
})

test('requests are recorded in order, with whose they were and without anything secret', async () => {
  sandbox.clearRequests()
  const { accessToken, refreshToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
  await mira('organizations/?per_page=1')
  await mira('nothing/', { origin: sandbox.regions[1]?.url ?? '', headers: { authorization: `Bearer ${accessToken}` } })
  await requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken })
  const personId = findPerson(sandbox, 'mira').id
  expect(sandbox.requests).toMatchObject([
    { host: 'control', method: 'GET', path, query: 'per_page=1', status: 200, personId },
    { host: 'de', method: 'GET', path: '/api/0/nothing/', query: '', status: 404, personId: null },
    { host: 'control', method: 'POST', path: '/oauth/token/', query: '', status: 200, personId: null },
  ])
})
