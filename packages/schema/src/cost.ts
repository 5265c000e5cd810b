import type { GraphContext } from './context.ts'

/** What an operation cost at Sentry, for `extensions.cost`. */
export interface OperationCost {
  upstreamCalls: number
  budget: number
  /** By the path template of its endpoint. */
  slowest: { endpoint: string; durationMs: number } | null
}

export function describeCost({ sentry, budget }: GraphContext): OperationCost {
  const calls = sentry?.calls ?? []
  const [slowest] = calls.toSorted((one, other) => other.durationMs - one.durationMs)
  return {
    upstreamCalls: calls.length,
    budget,
    slowest: slowest ? { endpoint: slowest.endpoint, durationMs: slowest.durationMs } : null,
  }
}
