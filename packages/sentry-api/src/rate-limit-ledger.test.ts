import { expect, test } from 'vitest'
import { createRateLimitLedger } from './rate-limit-ledger.ts'

const endpoint = '/api/0/organizations/'
const remaining = (count: number) => (name: string) => (name === 'x-sentry-rate-limit-remaining' ? String(count) : null)

test('keeps the latest word per endpoint and origin', () => {
  const ledger = createRateLimitLedger()
  expect(ledger.entries()).toEqual([])
  ledger.record({ endpoint, origin: 'https://sentry.io', header: remaining(39) })
  ledger.record({ endpoint, origin: 'https://de.sentry.io', header: remaining(39) })
  ledger.record({ endpoint, origin: 'https://sentry.io', header: remaining(12) })
  expect(ledger.entries().map(({ origin, remaining }) => [origin, remaining])).toEqual([
    ['https://sentry.io', 12],
    ['https://de.sentry.io', 39],
  ])
})
