import type { CostEstimate } from './cost-estimate.ts'
import { GraphError } from './graph-error.ts'

/** The most nodes that an answer may be estimated to hold. */
export const MOST_NODES = 10_000

/** A refusal of what would cost too much, before the first call; null for what may run. */
export function refuseCostly(estimate: CostEstimate, budget: number): GraphError | null {
  const { upstreamCalls, nodes } = estimate
  if (upstreamCalls > budget) {
    const message = `The operation would need about ${upstreamCalls} Sentry calls and may make ${budget}.`
    return refusal(`${message} ${namesDearest(estimate)}`, estimate, budget)
  }
  if (nodes > MOST_NODES) {
    return refusal(`The answer could hold ${nodes} nodes; at most ${MOST_NODES} may be asked for.`, estimate, budget)
  }
  return null
}

function namesDearest({ calls }: CostEstimate): string {
  const [dearest] = calls.toSorted((one, other) => other.count - one.count)
  return dearest ? `The most come from ${dearest.fields[0]}: ${dearest.count}.` : ''
}

function refusal(message: string, { upstreamCalls, nodes }: CostEstimate, budget: number): GraphError {
  return new GraphError('BUDGET_EXCEEDED', message, { estimate: { upstreamCalls, budget, nodes } })
}
