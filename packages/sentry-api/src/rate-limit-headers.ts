import type { EndpointLimit } from './rate-limit-ledger.ts'

/** The `X-Sentry-Rate-Limit-*` headers of an answer; null where one is missing, as on self-hosted servers. */
export function readRateLimitHeaders(
  header: (name: string) => string | null,
): Omit<EndpointLimit, 'endpoint' | 'origin'> {
  const read = (name: string) => readCount(header(`x-sentry-rate-limit-${name}`))
  const reset = read('reset')
  return {
    limit: read('limit'),
    remaining: read('remaining'),
    resetAt: reset === null ? null : new Date(reset * 1000),
    concurrentLimit: read('concurrentlimit'),
    concurrentRemaining: read('concurrentremaining'),
  }
}

function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null
}
