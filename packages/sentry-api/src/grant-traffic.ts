import { type AnswerCache, createAnswerCache } from './answer-cache.ts'
import { createEndpointGates, type EndpointGates } from './endpoint-gates.ts'
import { createRateLimitLedger, type RateLimitLedger } from './rate-limit-ledger.ts'
import type { SentryResponse } from './sentry-client.ts'
import type { SharedCall } from './shared-call.ts'

/**
 * What one grant has going on at Sentry, across its operations. Of one person alone: nothing in it may serve the
 * operation of another grant.
 */
export interface GrantTraffic {
  answers: AnswerCache
  /** The GETs under way, by origin and path. */
  underWay: Map<string, SharedCall<SentryResponse>>
  rateLimits: RateLimitLedger
  gates: EndpointGates
}

/** @param resized is told each change of the bytes that the cache holds. */
export function createGrantTraffic(
  resized: (difference: number) => void = () => undefined,
  now: () => number = () => performance.now(),
): GrantTraffic {
  return {
    answers: createAnswerCache(resized, now),
    underWay: new Map(),
    rateLimits: createRateLimitLedger(),
    gates: createEndpointGates(),
  }
}

/** Makes what was read before stale: the answers that came, and those under way, which nobody joins any more. */
export function forgetAnswers({ answers, underWay }: GrantTraffic): void {
  answers.clear()
  underWay.clear()
}
