import { type Circuit, createCircuit } from './circuit.ts'
import { createGate, type Gate, GateFullError } from './gate.ts'
import type { HttpAnswer } from './request.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'
import { ConnectionError, SentryApiError } from './sentry-api-error.ts'

/** Calls to one origin at the same time. */
export const CALLS_PER_ORIGIN = 128
/** An endpoint that hangs leaves the other half to the others. */
const CALLS_PER_ENDPOINT = CALLS_PER_ORIGIN / 2
const LONGEST_QUEUE = 1000

/** Failures in a row that open the circuit of an endpoint, and endpoints that open the one of their origin. */
const MOST_FAILURES = 10
const MOST_DEAD_ENDPOINTS = 2

/** Keeps what goes wrong at one origin to itself. One for all grants: an outage is one for all. */
export interface OriginGuard {
  retries: RetryBudget
  /**
   * Makes an exchange with the origin as soon as there is room for it.
   * @throws SentryApiError `unavailable`, at once, while origin or endpoint are taken for dead and when too many calls
   *   wait; the signal's reason; and what the exchange throws.
   */
  run(endpoint: string, exchange: () => Promise<HttpAnswer>, signal: AbortSignal): Promise<HttpAnswer>
}

interface EndpointGuard {
  gate: Gate
  circuit: Circuit
}

/**
 * The guard of each origin, made when it is first asked.
 * @param patience milliseconds after which a call without an answer has failed, whoever ended it.
 * @param now milliseconds of a clock that never goes back.
 */
export function createOriginGuards(patience: number, now: () => number): (origin: string) => OriginGuard {
  const guards = new Map<string, OriginGuard>()
  return (origin) => {
    const guard = guards.get(origin) ?? createOriginGuard(patience, now)
    guards.set(origin, guard)
    return guard
  }
}

function createOriginGuard(patience: number, now: () => number): OriginGuard {
  const whole = {
    gate: createGate({ limit: CALLS_PER_ORIGIN, longestQueue: LONGEST_QUEUE }),
    circuit: createCircuit(MOST_DEAD_ENDPOINTS, now),
  }
  const endpoints = new Map<string, EndpointGuard>()
  return { retries: createRetryBudget(now), run }

  async function run(endpoint: string, exchange: () => Promise<HttpAnswer>, signal: AbortSignal): Promise<HttpAnswer> {
    const own = guardOf(endpoint)
    refuseWhileDead(endpoint, own)
    try {
      return await own.gate.run(() => whole.gate.run(() => watch(endpoint, own, exchange), signal), signal)
    } catch (error) {
      if (error instanceof GateFullError) throw unavailable(endpoint, 'Too many calls wait for this host of Sentry.')
      throw error
    }
  }

  function guardOf(endpoint: string): EndpointGuard {
    const known = endpoints.get(endpoint)
    if (known) return known
    const guard = {
      gate: createGate({ limit: CALLS_PER_ENDPOINT, longestQueue: LONGEST_QUEUE }),
      circuit: createCircuit(MOST_FAILURES, now),
    }
    endpoints.set(endpoint, guard)
    return guard
  }

  function refuseWhileDead(endpoint: string, own: EndpointGuard): void {
    if (whole.circuit.isOpen() || own.circuit.isOpen()) {
      throw unavailable(endpoint, 'This host of Sentry has not answered for a while.')
    }
  }

  async function watch(endpoint: string, own: EndpointGuard, exchange: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    // Once more, for it may have died while the call waited for room.
    refuseWhileDead(endpoint, own)
    whole.circuit.start()
    own.circuit.start()
    const startedAt = now()
    try {
      const answer = await exchange()
      if (isOutage(answer)) fail(own, startedAt)
      else succeed(own)
      return answer
    } catch (error) {
      if (isFailure(error, now() - startedAt)) fail(own, startedAt)
      throw error
    }
  }

  function succeed(own: EndpointGuard): void {
    own.circuit.succeed()
    whole.circuit.succeed()
  }

  function fail(own: EndpointGuard, startedAt: number): void {
    const isDead = own.circuit.fail(startedAt)
    if (isDead) whole.circuit.fail(startedAt)
  }

  /** A call that its caller gave up early says nothing. */
  function isFailure(error: unknown, duration: number): boolean {
    if (!(error instanceof SentryApiError)) return false
    return error instanceof ConnectionError || (error.code === 'timeout' && duration >= patience)
  }
}

/** What the edge answers in Sentry's place. A 500 is an answer: somebody is there, and another question may go well. */
export function isOutage({ status }: HttpAnswer): boolean {
  return status === 502 || status === 503 || status === 504
}

function unavailable(endpoint: string, message: string): SentryApiError {
  return new SentryApiError('unavailable', message, { endpoint, isUnsent: true })
}
