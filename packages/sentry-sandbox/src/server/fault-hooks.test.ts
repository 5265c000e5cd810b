import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
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

test('requests are recorded in order, with whose they were and without anything secret', async () => {
  sandbox.clearRequests()
  const { accessToken, refreshToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id)
  await mira('organizations/?per_page=1')
  await mira('nothing/', { origin: sandbox.regions[1]?.url ?? '', headers: { authorization: `Bearer ${accessToken}` } })
  await requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken })
  const personId = findPerson(sandbox, 'mira').id
  expect(sandbox.requests).toEqual([
    { host: 'control', method: 'GET', path, query: 'per_page=1', status: 200, personId },
    { host: 'de', method: 'GET', path: '/api/0/nothing/', query: '', status: 404, personId: null },
    { host: 'control', method: 'POST', path: '/oauth/token/', query: '', status: 200, personId: null },
  ])
})
