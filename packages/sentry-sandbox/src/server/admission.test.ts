import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient } from '../testing/api-client.ts'

const now = new Date('2026-10-01T12:00:00.500Z')
let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, clock: () => now, rateLimit: { limit: 3, window: 1, concurrency: 2 } })
})
afterEach(() => sandbox.close())

const readLimits = (headers: Headers) =>
  Object.fromEntries(
    ['Limit', 'Remaining', 'Reset', 'ConcurrentLimit', 'ConcurrentRemaining'].map((name) => [
      name,
      Number(headers.get(`x-sentry-rate-limit-${name}`)),
    ]),
  )

test('every API answer tells the limit, and a person beyond it gets 429 without Retry-After', async () => {
  const mira = createApiClient(sandbox, 'mira')
  expect(readLimits((await mira('organizations/')).headers)).toEqual({
    Limit: 3,
    Remaining: 2,
    Reset: 1_790_856_001,
    ConcurrentLimit: 2,
    ConcurrentRemaining: 1,
  })
  expect(readLimits((await mira('auth/')).headers)).toMatchObject({ Remaining: 1 })
  expect(readLimits((await mira('users/me/')).headers)).toMatchObject({ Remaining: 0 })
  const refused = await mira('organizations/')
  expect([refused.status, refused.body, refused.headers.get('retry-after')]).toEqual([
    429,
    { detail: 'You are attempting to use this endpoint too frequently. Limit is 3 requests in 1 seconds' },
    null,
  ])
  expect(readLimits(refused.headers)).toMatchObject({ Limit: 3, Remaining: 0 })
})

test('a second access token of the same person adds nothing; another person, method or region has its own window', async () => {
  const mira = createApiClient(sandbox, 'mira')
  for (let count = 0; count < 3; count += 1) await mira('organizations/')
  expect((await createApiClient(sandbox, 'mira')('organizations/')).status).toBe(429)
  expect((await createApiClient(sandbox, 'noor')('organizations/')).status).toBe(200)
  expect((await mira('organizations/', { method: 'PUT' })).status).toBe(405)
  expect((await mira('organizations/kleinwerk/')).status).toBe(200)
})

test('more requests at a time than allowed get 429 until one of them ends', async () => {
  const mira = createApiClient(sandbox, 'mira')
  const abort = new AbortController()
  sandbox.fault({ path: '/api/0/auth/', times: 2 }, { delayMs: 60_000 })
  const held = [mira('auth/', { signal: abort.signal }), mira('auth/', { signal: abort.signal })]
  await expect.poll(() => sandbox.requests.length).toBe(2)
  const refused = await mira('auth/')
  expect([refused.status, refused.body]).toEqual([
    429,
    { detail: 'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 2' },
  ])
  abort.abort()
  expect((await Promise.allSettled(held)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('with the limiter off, as on self-hosted Sentry, the headers are absent', async () => {
  const selfHosted = await startSandbox({ port: 0, rateLimit: false })
  const { headers } = await createApiClient(selfHosted, 'mira')('organizations/')
  expect([...headers.keys()].filter((name) => name.startsWith('x-sentry-rate-limit'))).toEqual([])
  await selfHosted.close()
})
