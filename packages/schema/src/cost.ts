import type { Reuse } from '@sentry-graph/sentry-api'
import type { GraphContext } from './context.ts'
import type { CostEstimate } from './cost-estimate.ts'

/** What an operation cost at Sentry, for `extensions.cost`. */
export interface OperationCost {
  /** The calls that were expected before it ran; null when nothing was estimated. */
  estimated: number | null
  upstreamCalls: number
  budget: number
  /** Answers that were remembered from an earlier call. */
  cacheHits: number
  /** Answers that were shared with a call under way. */
  coalesced: number
  /** By the path template of its endpoint. */
  slowest: { endpoint: string; durationMs: number } | null
}

export function describeCost({ sentry, budget }: GraphContext, estimate: CostEstimate | null): OperationCost {
  const { calls, reuses } = sentry ?? { calls: [], reuses: [] }
  const [slowest] = calls.toSorted((one, other) => other.durationMs - one.durationMs)
  return {
    estimated: estimate?.upstreamCalls ?? null,
    upstreamCalls: calls.length,
    budget,
    cacheHits: countReuses(reuses, 'cached'),
    coalesced: countReuses(reuses, 'shared'),
    slowest: slowest ? { endpoint: slowest.endpoint, durationMs: slowest.durationMs } : null,
  }
}

/** How often an answer cost no call, for that reason. */
export function countReuses(reuses: readonly Reuse[], kind: Reuse['kind']): number {
  return reuses.filter((reuse) => reuse.kind === kind).length
}
