import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient, type ApiClient } from '../testing/api-client.ts'
import { sendRaw } from '../testing/raw-request.ts'

let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
})
afterAll(() => sandbox.close())

const hint = 'Route not found, did you forget a trailing slash?'

test('without its trailing slash a path is not found, and says why, in JSON to whoever sends JSON', async () => {
  const text = await mira('organizations/lumen-freight')
  expect([text.status, text.body]).toEqual([404, `${hint}\n\ntry: /api/0/organizations/lumen-freight/\n`])
  const json = await mira('organizations', { headers: { 'content-type': 'application/json' } })
  expect([json.status, json.body]).toEqual([404, { info: `${hint} try: /api/0/organizations/` }])
})

test('an unknown API path is an empty 404', async () => {
  const answer = await mira('organizations/lumen-freight/nothing/')
  expect([answer.status, answer.body]).toEqual([404, ''])
})

test('a method that an endpoint does not have is a 405 for callers and a 401 for strangers', async () => {
  for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
    const refused = await mira('organizations/', { method })
    expect([refused.status, refused.body]).toEqual([405, { detail: `Method "${method}" not allowed.` }])
  }
  expect((await mira('organizations/', { method: 'PUT', headers: { authorization: '' } })).status).toBe(401)
})

test.each([
  ['a JSON body that is none', { 'content-type': 'application/json' }, '{'],
  ['an unknown content type', { 'content-type': 'x/y' }, 'anything'],
  ['a content type that is none', { 'content-type': ';;' }, 'anything'],
])('%s harms nobody', async (_what, headers, body) => {
  expect((await mira('organizations/', { method: 'PUT', headers, body })).status).toBeLessThan(500)
})

const slugs = [
  '%2e%2e',
  '..%2f..',
  'a%2fb',
  '%00',
  'a%0d%0ab',
  '%E0%A4%A',
  '%',
  '%zz',
  '\u00ff\u00fe',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '%F0%9F%92%A9',
]

test.each(slugs)('the slug %j is at worst a client error', async (slug) => {
  const { accessToken } = sandbox.issueTokens(sandbox.people[0]?.id ?? '')
  for (const path of [
    `organizations/${slug}/`,
    `projects/lumen-freight/${slug}/`,
    `teams/lumen-freight/${slug}/`,
    slug,
  ]) {
    const request = `GET /api/0/${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${accessToken}\r\n\r\n`
    const status = await sendRaw(sandbox.url, request)
    expect(status === 400 || status === 404 || status === 414, `${path}: ${status}`).toBe(true)
  }
})

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['a path that is none', 'GET nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['another address as path', 'GET http://evil.example/api/0/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['two slashes', 'GET //api/0//organizations// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  [
    'a broken cookie',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sandbox_session=%E0%A4%A; =;;=\r\n\r\n',
  ],
  [
    'a form of percent signs',
    'POST /oauth/token/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n%%%=%&=&%',
  ],
  [
    'a body that is too large',
    `POST /oauth/token/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n`,
  ],
])('%s is no server error, and the sandbox goes on', async (_what, bytes) => {
  const status = await sendRaw(sandbox.url, bytes)
  expect(status === null || status < 500).toBe(true)
  expect((await mira('auth/')).status).toBe(200)
})
