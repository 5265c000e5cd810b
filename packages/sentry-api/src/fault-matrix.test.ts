import { type Fault, type Sandbox, startSandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createGrantTraffic } from './grant-traffic.ts'
import { listOrganizations } from './resources/organizations.ts'
import { createSentryApi, type SentryApi } from './sentry-api.ts'
import type { SentryClient } from './sentry-client.ts'

const path = '/api/0/organizations/'
const megabyte = 1024 * 1024

let sandbox: Sandbox
const apis: SentryApi[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})

afterEach(async () => {
  sandbox.clearFaults()
  sandbox.clearRequests()
  await Promise.all(apis.splice(0).map((api) => api.close()))
})

afterAll(() => sandbox.close())

function openApi(timeout: number): SentryApi {
  const api = createSentryApi({ sentryUrl: sandbox.url, timeout, userAgent: 'sentry-graph-test' })
  apis.push(api)
  return api
}

/** A client of Mira’s that gets another access token as often as it wants one; `replaced` has those that it gave up. */
function openClient(api: SentryApi): SentryClient & { replaced: string[] } {
  const person = sandbox.people.find(({ email }) => email.startsWith('mira'))?.id ?? ''
  const replaced: string[] = []
  const { accessToken } = sandbox.issueTokens(person)
  const accessTokens = {
    current: () => Promise.resolve(accessToken),
    replace: (rejected: string) => {
      replaced.push(rejected)
      return Promise.resolve(sandbox.issueTokens(person).accessToken)
    },
  }
  const client = api.createClient({ accessTokens, traffic: createGrantTraffic(), maxCalls: 30 })
  return Object.assign(client, { replaced })
}

interface Row {
  fault: Fault
  /** How many requests it strikes; all when left out. */
  times?: number
  timeout?: number
  attempts: number
  /** What it is in the end; an answer when left out. */
  error?: object
}

const structured = (status: number, code: string): Fault => ({ status, body: { detail: { code, message: 'x' } } })

const rows: Record<string, Row> = {
  '400': { fault: { status: 400, body: { detail: 'x' } }, attempts: 1, error: { code: 'bad_request' } },
  '401 once': { fault: { refusal: 'invalid-token' }, times: 1, attempts: 2 },
  '401 for good': { fault: { refusal: 'token-expired' }, attempts: 2, error: { code: 'unauthenticated' } },
  '403': { fault: { refusal: 'forbidden' }, attempts: 1, error: { code: 'forbidden' } },
  '404': { fault: { status: 404 }, attempts: 1, error: { code: 'not_found' } },
  '408': { fault: { status: 408 }, attempts: 1, error: { code: 'timeout' } },
  '409': { fault: { status: 409, body: { detail: 'x' } }, attempts: 1, error: { code: 'bad_request' } },
  '410': { fault: { deprecated: '2020-01-01', brownout: 'always' }, attempts: 1, error: { code: 'gone' } },
  '429, the window ends in time': { fault: { rateLimited: 1 }, times: 2, attempts: 3 },
  '429 again and again': { fault: { rateLimited: 1 }, attempts: 3, error: { code: 'rate_limited' } },
  '429 for too long': {
    fault: { rateLimited: 60 },
    attempts: 1,
    error: { code: 'rate_limited', retryAfter: expect.any(Number) },
  },
  '500': { fault: { status: 500, body: { detail: 'x' } }, attempts: 1, error: { code: 'unavailable', status: 500 } },
  '502': { fault: { status: 502, body: '<h1>' }, attempts: 4, error: { code: 'unavailable', status: 502 } },
  '503 three times': { fault: { status: 503 }, times: 3, attempts: 4 },
  '503 until later than anybody waits': {
    fault: { status: 503, headers: { 'retry-after': '120' } },
    attempts: 1,
    error: { code: 'unavailable', status: 503, retryAfter: 120 },
  },
  '504': { fault: { status: 504 }, attempts: 4, error: { code: 'unavailable', status: 504 } },
  // What answers has to be given the time; only what never does lasts as long as it may.
  silence: { fault: 'silence', timeout: 3000, attempts: 1, error: { code: 'timeout' } },
  'a drip': { fault: { dripMs: 100 }, timeout: 3000, attempts: 1, error: { code: 'timeout' } },
  'an answer that is late': { fault: { delayMs: 200 }, attempts: 1 },
  'an answer that is too late': { fault: { delayMs: 60_000 }, timeout: 3000, attempts: 1, error: { code: 'timeout' } },
  'two resets': { fault: 'reset', times: 2, attempts: 3 },
  'resets for good': { fault: 'reset', attempts: 4, error: { code: 'unavailable', status: null } },
  'an answer that breaks off once': { fault: 'truncate', times: 1, attempts: 2 },
  'an answer that is lost once': { fault: 'lost', times: 1, attempts: 2 },
  HTML: { fault: 'html', attempts: 1, error: { code: 'invalid_response' } },
  garbage: { fault: 'garbage', attempts: 1, error: { code: 'invalid_response' } },
  nothing: { fault: 'empty', attempts: 1, error: { code: 'invalid_response' } },
  'a wrong type': { fault: { field: 'slug', change: 'type' }, attempts: 1, error: { code: 'invalid_response' } },
  'a redirect': { fault: { redirect: 'https://elsewhere.example/' }, attempts: 1, error: { code: 'invalid_response' } },
  '512 MB': { fault: { hugeBytes: 512 * megabyte }, attempts: 1, error: { code: 'invalid_response' } },
  'a gzip bomb': { fault: { gzipBombBytes: 512 * megabyte }, attempts: 1, error: { code: 'invalid_response' } },
}

const answered = { code: 'answered' }

/** What becomes of a call: `answered`, or its error. */
const outcomeOf = (client: SentryClient): Promise<unknown> =>
  listOrganizations(client).then(
    () => answered,
    (error: unknown) => error,
  )

test.each(Object.entries(rows))('%s', async (_, { fault, times, timeout = 45_000, attempts, error = answered }) => {
  sandbox.fault({ path, ...(times === undefined ? {} : { times }) }, fault)
  const api = openApi(timeout)
  const client = openClient(api)
  expect(await outcomeOf(client)).toMatchObject(error)
  expect(sandbox.requests).toHaveLength(attempts)
  expect(client.calls).toHaveLength(attempts)
  sandbox.clearFaults()
  expect(await outcomeOf(openClient(api))).toBe(answered)
})

describe('a 401 that asks the person for something is no expiry: no access token is given up', () => {
  test.each([
    ['sso-required', 'sso_required'],
    ['member-disabled-over-limit', 'forbidden'],
    ['2fa-required', 'forbidden'],
    ['sudo-required', 'forbidden'],
    ['email-verification-required', 'forbidden'],
    ['superuser-required', 'forbidden'],
    ['staff-required', 'forbidden'],
    ['a-code-of-tomorrow', 'forbidden'],
  ])('%s', async (reason, code) => {
    sandbox.fault({ path }, structured(401, reason))
    const client = openClient(openApi(8000))
    await expect(listOrganizations(client)).rejects.toMatchObject({ code, status: 401 })
    expect(client.replaced).toEqual([])
    expect(sandbox.requests).toHaveLength(1)
  })

  test('one that is an expiry gives it up, so that the others could have', async () => {
    sandbox.fault({ path }, { refusal: 'token-expired' })
    const client = openClient(openApi(8000))
    await expect(listOrganizations(client)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(client.replaced).toHaveLength(1)
  })
})
