import { createGate, type Gate } from './gate.ts'
import type { EndpointLimit } from './rate-limit-ledger.ts'

/** How many calls one grant makes to one endpoint at the same time: as many as Sentry allows a person. */
export interface EndpointGates {
  of(origin: string, endpoint: string): Gate
}

/** Before Sentry has said anything, and on servers that never do. Sentry’s own command line client takes half of it. */
const DEFAULT_LIMIT = 10
const LONGEST_QUEUE = 300

export function createEndpointGates(): EndpointGates {
  const gates = new Map<string, Gate>()
  return {
    of(origin, endpoint) {
      const key = `${origin} ${endpoint}`
      const known = gates.get(key)
      if (known) return known
      const gate = createGate({ limit: DEFAULT_LIMIT, longestQueue: LONGEST_QUEUE })
      gates.set(key, gate)
      return gate
    },
  }
}

/**
 * Lets a gate follow what Sentry says of its endpoint, less what the person’s other programs take of it.
 * @param inside how many calls were inside, with this one, when it was made.
 */
export function followConcurrency(
  gate: Gate,
  { concurrentLimit, concurrentRemaining }: Pick<EndpointLimit, 'concurrentLimit' | 'concurrentRemaining'>,
  inside: number,
): void {
  if (concurrentLimit === null) return
  const taken = concurrentRemaining === null ? 0 : concurrentLimit - concurrentRemaining - inside
  gate.limit = Math.max(1, concurrentLimit - Math.max(0, taken))
}
