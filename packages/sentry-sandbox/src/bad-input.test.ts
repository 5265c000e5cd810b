import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { endpoints } from './api/endpoints.ts'
import { startSandbox, type Sandbox } from './sandbox.ts'
import { findPerson } from './testing/sign-in.ts'

let sandbox: Sandbox
let tokens: Record<'mira' | 'noor' | 'sam', string>
const everyScope = ['org:admin', 'project:admin', 'team:admin', 'member:admin', 'event:admin', 'alerts:write']

beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    rateLimit: false,
    clock: () => new Date('2026-10-01T12:00:00Z'),
  })
})
const issue = (email: string) => sandbox.issueTokens(findPerson(sandbox, email).id, everyScope).accessToken

beforeEach(() => {
  tokens = { mira: issue('mira'), noor: issue('noor'), sam: issue('sam') }
})
afterAll(() => sandbox.close())

const runs = { numRuns: 150, interruptAfterTimeLimit: 8_000 }
const timeout = 20_000

/** What attackers and broken clients put where a word belongs. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '..',
    '%',
    '%2e%2e',
    '__proto__',
    'constructor',
    'null',
    '-1',
    '0:0:0',
    '1e400',
    "' or 1=1 --",
  ),
  fc.constantFrom('is:unresolved', 'is:', '!', '(', 'AND OR', 'a:b:c', '"', 'lastSeen:>', 'count():>1', '[1,2', '*'),
  fc.constantFrom('9'.repeat(40), '-0', '1.5', '\u0000', '😀', 'a'.repeat(2000)),
)

const knownSegment = fc.constantFrom(
  'lumen-freight',
  'kleinwerk',
  'halyard-games',
  'fjordbank',
  'shop-web',
  '1',
  'latest',
  'me',
)
const segment = fc.oneof(oddText, knownSegment)

const parameterNames =
  'query cursor per_page limit project projectSlug environment statsPeriod start end sort expand collapse field yAxis interval dataset groupBy detailed owner sortBy status health'
const knownName = fc.constantFrom(...parameterNames.split(' '))
const query = fc.array(
  fc.tuple(fc.oneof({ weight: 4, arbitrary: knownName }, { weight: 1, arbitrary: oddText }), oddText),
  {
    maxLength: 5,
  },
)

function formatQuery(parameters: readonly (readonly [string, string])[]): string {
  const search = new URLSearchParams()
  for (const [name, value] of parameters) search.append(name.toWellFormed(), value.toWellFormed())
  return search.toString()
}

/** A path of the API with odd parts and an odd query. */
const target = fc
  .tuple(
    fc.constantFrom(...endpoints.map(({ path }) => path)),
    fc.array(segment, { minLength: 6, maxLength: 6 }),
    query,
  )
  .map(([path, segments, parameters]) => {
    const parts = segments.values()
    const filled = path.replaceAll(/:\w+/g, () => encodeURIComponent((parts.next().value ?? '').toWellFormed()))
    return `${filled}?${formatQuery(parameters)}`
  })

const origins = () => [sandbox.url, ...sandbox.regions.map(({ url }) => url)]

async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  return { status: response.status, text: await response.text() }
}

const formPaths = [
  '/oauth/authorize/',
  '/oauth/token/',
  '/oauth/device/',
  '/oauth/device/code/',
  '/oauth/revoke/',
  '/auth/login/',
  '/auth/logout/',
  '/settings/account/authorizations/',
]
const formFields =
  'grant_type client_id client_secret code redirect_uri refresh_token scope state op response_type code_challenge device_code user_code token next person csrfmiddlewaretoken'.split(
    ' ',
  )

describe('whatever is asked', () => {
  test('the REST API never fails by itself', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(target, fc.nat(2), async (path, index) => {
        const headers = { authorization: `Bearer ${tokens.mira}` }
        const answer = await ask(`${origins()[index]}${path}`, { headers })
        expect([answer.status < 500, path]).toEqual([true, path])
      }),
      runs,
    )
  })

  test('no method and no body makes it fail', { timeout }, async () => {
    const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD')
    const type = fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    )
    const body = fc.oneof(
      fc.json(),
      oddText,
      fc.constantFrom('{', 'null', '[]', '{"status":{}}', '{"__proto__":{"a":1}}'),
    )
    await fc.assert(
      fc.asyncProperty(target, method, type, body, async (path, verb, contentType, text) => {
        const headers = { authorization: `Bearer ${tokens.noor}`, 'content-type': contentType }
        const hasBody = verb !== 'HEAD' && verb !== 'OPTIONS'
        const answer = await ask(`${sandbox.url}${path}`, { method: verb, headers, ...(hasBody ? { body: text } : {}) })
        expect([answer.status < 500, verb, path, text]).toEqual([true, verb, path, text])
      }),
      runs,
    )
  })

  test('no header is too odd for it', { timeout }, async () => {
    const authorization = fc.oneof(
      fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x21-\x7e ]/g, '')),
      fc.constantFrom(
        'Bearer',
        'Bearer a b',
        'Basic',
        'Basic !!',
        'Basic Og==',
        `Basic ${'a'.repeat(5000)}`,
        'bearer null',
      ),
    )
    const path = fc.constantFrom('/api/0/organizations/', '/api/0/auth/', '/oauth/userinfo/')
    await fc.assert(
      fc.asyncProperty(path, authorization, async (asked, header) => {
        const answer = await ask(`${sandbox.url}${asked}`, { headers: { authorization: header } })
        expect([answer.status < 500, answer.status === 200]).toEqual([true, false])
      }),
      runs,
    )
  })

  test('the authorization server never fails by itself', { timeout }, async () => {
    const path = fc.constantFrom(...formPaths)
    const known = fc.constantFrom(...formFields)
    const value = fc.oneof(
      oddText,
      fc.constantFrom('code', 'token', 'refresh_token', 'authorization_code', 'http://[', 'javascript:alert(1)'),
      fc.constantFrom(sandbox.application.clientId, sandbox.application.clientSecret),
    )
    const fields = fc.array(fc.tuple(known, value), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(path, fields, fc.boolean(), async (asked, pairs, isPost) => {
        const sent = formatQuery(pairs)
        const url = isPost ? `${sandbox.url}${asked}` : `${sandbox.url}${asked}?${sent}`
        const answer = await ask(url, isPost ? { method: 'POST', body: new URLSearchParams(sent) } : {})
        expect([answer.status < 500, asked, pairs]).toEqual([true, asked, pairs])
        expect(answer.text).not.toContain('access_token')
      }),
      runs,
    )
  })

  test('the control API never fails by itself', { timeout }, async () => {
    const path = fc.constantFrom(
      'faults',
      'settings',
      'tokens',
      'tokens/expire',
      'active/1',
      'hosts/de',
      'server-clock/advance',
    )
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE')
    // A fault or setting that happened to be right would break the other tests; random JSON is never that lucky.
    await fc.assert(
      fc.asyncProperty(path, method, fc.json(), async (asked, verb, body) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await ask(`${sandbox.url}/sandbox/${asked}`, {
          method: verb,
          headers,
          ...(verb === 'GET' ? {} : { body }),
        })
        expect([answer.status < 500, verb, asked, body]).toEqual([true, verb, asked, body])
      }),
      runs,
    )
  })
})

async function listOrganizations(token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` }
  return (await ask(`${sandbox.url}/api/0/organizations/`, { headers })).text
}

describe('nobody sees what is somebody else’s', () => {
  test('however it is asked for, an organization that one does not belong to stays closed', { timeout }, async () => {
    const foreign = fc.constantFrom('halyard-games', 'fjordbank', 'tiny-orchard', 'kleinwerk')
    const scoped = fc.constantFrom(
      ...endpoints.map(({ path }) => path).filter((path) => path.includes(':organization')),
    )
    await fc.assert(
      fc.asyncProperty(foreign, scoped, segment, query, fc.nat(2), async (slug, path, other, parameters, index) => {
        const filled = path.replace(':organization', slug).replaceAll(/:\w+/g, encodeURIComponent(other.toWellFormed()))
        for (const token of [tokens.noor, tokens.sam]) {
          const headers = { authorization: `Bearer ${token}` }
          const { status } = await ask(`${origins()[index]}${filled}?${formatQuery(parameters)}`, { headers })
          expect([[403, 404].includes(status), filled]).toEqual([true, filled])
        }
      }),
      runs,
    )
  })

  test('the same question of two people at the same time has each their own answer', async () => {
    const [mira, noor, sam] = [
      await listOrganizations(tokens.mira),
      await listOrganizations(tokens.noor),
      await listOrganizations(tokens.sam),
    ]
    const order = Array.from({ length: 60 }, (_, index) => [tokens.mira, tokens.noor, tokens.sam][index % 3] ?? '')
    const answers = await Promise.all(order.map(listOrganizations))
    expect(answers).toEqual(order.map((_, index) => [mira, noor, sam][index % 3]))
    expect(new Set(answers).size).toBe(3)
  })
})
