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
  record(observed: EndpointLimit): void
  /** In the order of first sight; empty before the first call. */
  entries(): EndpointLimit[]
}

export function createRateLimitLedger(): RateLimitLedger {
  const latest = new Map<string, EndpointLimit>()
  return {
    record(observed) {
      latest.set(`${observed.origin} ${observed.endpoint}`, observed)
    },
    entries() {
      return [...latest.values()]
    },
  }
}
