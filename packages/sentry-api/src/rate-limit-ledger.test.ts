import { expect, test } from 'vitest'
import { createRateLimitLedger, type EndpointLimit } from './rate-limit-ledger.ts'

const observed: EndpointLimit = {
  endpoint: '/api/0/organizations/',
  origin: 'https://sentry.io',
  limit: 40,
  remaining: 39,
  resetAt: new Date(0),
  concurrentLimit: 25,
  concurrentRemaining: 24,
}

test('keeps the latest word per endpoint and origin', () => {
  const ledger = createRateLimitLedger()
  expect(ledger.entries()).toEqual([])
  ledger.record(observed)
  ledger.record({ ...observed, origin: 'https://de.sentry.io' })
  ledger.record({ ...observed, remaining: 12 })
  expect(ledger.entries().map(({ origin, remaining }) => [origin, remaining])).toEqual([
    ['https://sentry.io', 12],
    ['https://de.sentry.io', 39],
  ])
})
