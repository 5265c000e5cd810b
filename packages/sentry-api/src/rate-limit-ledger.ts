import { readRateLimitHeaders } from './rate-limit-headers.ts'

/** What Sentry last said about one endpoint at one host; all null where it says nothing, as self-hosted servers do. */
export interface EndpointLimit {
  /** The path template. */
  endpoint: string
  origin: string
  limit: number | null
  remaining: number | null
  resetAt: Date | null
  concurrentLimit: number | null
  concurrentRemaining: number | null
}

/** The latest `X-Sentry-Rate-Limit-*` headers per endpoint template and origin. One per grant: Sentry counts per user. */
export interface RateLimitLedger {
  record(observed: ObservedAnswer): void
  /** In the order of first sight; empty before the first call. */
  entries(): EndpointLimit[]
}

interface ObservedAnswer {
  endpoint: string
  origin: string
  header: (name: string) => string | null
}

export function createRateLimitLedger(): RateLimitLedger {
  const latest = new Map<string, ObservedAnswer>()
  return {
    record(observed) {
      latest.set(`${observed.origin} ${observed.endpoint}`, observed)
    },
    entries() {
      return [...latest.values()].map(({ endpoint, origin, header }) => ({
        endpoint,
        origin,
        ...readRateLimitHeaders(header),
      }))
    },
  }
}
