import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient, type ApiClient } from '../testing/api-client.ts'
import { findPerson } from '../testing/sign-in.ts'

let sandbox: Sandbox
let mira: ApiClient

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
})
afterEach(() => sandbox.close())

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

const list = () => mira('organizations/')

test('a fault is switched on, listed, and taken back', async () => {
  const match = { host: 'control', method: 'GET', pattern: '/organizations/$', times: 3 }
  const added = await control('POST', 'faults', { match, fault: { status: 503, headers: { 'Retry-After': '120' } } })
  expect(added).toEqual({ status: 201, body: { id: 1 } })
  const answer = await list()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '120'])
  const fault = { status: 503, headers: { 'Retry-After': '120' } }
  expect((await control('GET', 'faults')).body).toEqual([{ id: 1, match, fault, left: 2 }])
  expect((await control('DELETE', 'faults/1')).status).toBe(204)
  expect((await list()).status).toBe(200)
})

test('all faults are taken back at once', async () => {
  await control('POST', 'faults', { fault: 'html' })
  await control('DELETE', 'faults')
  expect((await list()).status).toBe(200)
})

const probe = async (accessToken: string) =>
  (await mira('organizations/', { headers: { authorization: `Bearer ${accessToken}` } })).body

test('tokens are issued, expired and revoked', async () => {
  const { id } = findPerson(sandbox, 'noor')
  const issue = async () => {
    const { body } = await control('POST', 'tokens', { personId: id, scopes: ['org:read'] })
    return (body as { accessToken: string }).accessToken
  }
  const [expired, revoked, withdrawn] = [await issue(), await issue(), await issue()]
  expect(await probe(expired)).toHaveLength(1)
  await control('POST', 'tokens/expire', { accessToken: expired })
  expect(await probe(expired)).toEqual({ detail: 'Token expired' })
  await control('POST', 'tokens/revoke', { accessToken: revoked })
  expect(await probe(revoked)).toEqual({ detail: 'Invalid token' })
  await control('POST', `people/${id}/revoke`)
  expect(await probe(withdrawn)).toEqual({ detail: 'Invalid token' })
})

test('settings are changed while it runs', async () => {
  await control('PATCH', 'settings', { rateLimit: { limit: 1, window: 60, concurrency: 9 }, rateLimitBody: 'string' })
  await list()
  const refused = await list()
  expect([refused.status, refused.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8'])
  expect(refused.body).toBe(
    '"You are attempting to use this endpoint too frequently. Limit is 1 requests in 60 seconds"',
  )
  await control('PATCH', 'settings', { rateLimit: false })
  expect((await list()).headers.get('x-sentry-rate-limit-limit')).toBeNull()
})

test('the lifetime of tokens is changed, and time moved past it', async () => {
  await control('PATCH', 'settings', { accessTokenLifetime: 60 })
  const noor = createApiClient(sandbox, 'noor')
  await control('POST', 'server-clock/advance', { milliseconds: 61_000 })
  expect((await noor('organizations/')).body).toEqual({ detail: 'Token expired' })
  await control('POST', 'server-clock/reset')
  expect((await noor('organizations/')).status).toBe(200)
})

test('people and applications are switched off and on', async () => {
  const path = `active/${findPerson(sandbox, 'mira').id}`
  await control('PUT', path, { isActive: false })
  expect((await list()).body).toEqual({ detail: 'User inactive or deleted' })
  await control('PUT', path, { isActive: true })
  expect((await list()).status).toBe(200)
})

const germany = () => sandbox.regions[1]?.url ?? ''

describe('a host that is down', () => {
  test('cuts its connections, and control says that it cannot reach it', async () => {
    await control('PUT', 'hosts/de', { isDown: true })
    await expect(mira('organizations/', { origin: germany() })).rejects.toThrow(TypeError)
    expect((await mira('organizations/kleinwerk/')).status).toBe(502)
    expect((await mira('organizations/lumen-freight/')).status).toBe(200)
    await control('PUT', 'hosts/de', { isDown: false })
    expect((await mira('organizations/', { origin: germany() })).status).toBe(200)
  })

  test('can be control itself, whose control API is still there', async () => {
    await control('PUT', 'hosts/control', { isDown: true })
    await expect(list()).rejects.toThrow(TypeError)
    await control('PUT', 'hosts/control', { isDown: false })
    expect((await list()).status).toBe(200)
  })

  test('is every region of a self-hosted Sentry, where control has everything', async () => {
    await control('PATCH', 'settings', { isSelfHosted: true })
    await expect(mira('organizations/', { origin: germany() })).rejects.toThrow(TypeError)
    expect((await mira('users/me/regions/')).status).toBe(404)
    const answer = await mira('organizations/kleinwerk/projects/?per_page=1')
    expect(answer.headers.get('link')).toContain(`<${sandbox.url}/api/0/organizations/kleinwerk/projects/`)
    expect(answer.headers.get('x-sentry-rate-limit-limit')).toBeNull()
  })
})

test('requests can be asked for and forgotten; what happens on the control API is not among them', async () => {
  await list()
  await mira('nothing/')
  const { id } = findPerson(sandbox, 'mira')
  expect((await control('GET', `requests?status=200&personId=${id}`)).body).toEqual([
    {
      host: 'control',
      method: 'GET',
      path: '/api/0/organizations/',
      query: '',
      status: 200,
      personId: id,
      receivedAt: expect.any(Number),
      durationMs: expect.any(Number),
    },
  ])
  expect((await control('GET', 'requests')).body).toHaveLength(2)
  expect((await control('DELETE', 'requests')).status).toBe(204)
  expect((await control('GET', 'requests')).body).toEqual([])
})

test('the state tells everything that can be changed', async () => {
  expect((await control('GET', 'state')).body).toMatchObject({
    settings: { isSelfHosted: false },
    faults: [],
    down: [],
    inactive: [],
    people: sandbox.people,
  })
})

test.each([
  ['POST', 'faults', {}, 'The member fault is missing.'],
  ['POST', 'faults', { fault: 'explosion' }, 'A fault is one of'],
  ['POST', 'faults', { fault: { status: 99 } }, 'The member status cannot be 99.'],
  ['POST', 'faults', { fault: { refusal: 'mood' } }, 'The member refusal cannot be "mood".'],
  ['POST', 'faults', { fault: 'html', match: { pattern: '(' } }, 'The pattern is no regular expression'],
  ['POST', 'faults', { fault: 'html', match: { host: 'fr' } }, 'The member host cannot be "fr".'],
  ['POST', 'faults', [], 'A JSON object is expected.'],
  ['PATCH', 'settings', { colour: 'blue' }, 'There is no "colour" here'],
  ['PATCH', 'settings', { rateLimit: true }, 'A JSON object is expected.'],
  ['POST', 'tokens', { personId: '1' }, 'The sandbox has no person 1'],
  ['PUT', 'hosts/fr', { isDown: true }, 'The member host cannot be "fr".'],
])('%s %s with %j is refused with a reason', async (method, path, body, reason) => {
  const answer = await control(method, path, body)
  expect(answer).toEqual({ status: 400, body: { error: expect.stringContaining(reason) } })
})

test('a web page that calls this machine by a name of its own is refused', async () => {
  const { port } = new URL(sandbox.url)
  const status = await new Promise((resolve) => {
    const headers = { host: 'rebound.example' }
    request({ host: '127.0.0.1', port, path: '/sandbox/state', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  expect(status).toBe(403)
})

test('a form of another web page is not read as JSON', async () => {
  const body = '{"fault":"html"}'
  const response = await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body })
  expect(response.status).toBe(400)
  expect((await list()).status).toBe(200)
})
