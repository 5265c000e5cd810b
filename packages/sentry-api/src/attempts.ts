import { setTimeout as delay } from 'node:timers/promises'
import type { DeprecationRadar } from './deprecations.ts'
import { followConcurrency } from './endpoint-gates.ts'
import { type Gate, GateFullError } from './gate.ts'
import type { GrantTraffic } from './grant-traffic.ts'
import type { OriginGuard } from './origin-guard.ts'
import { readRateLimitHeaders } from './rate-limit-headers.ts'
import type { HttpAnswer, HttpRequest, Requester } from './request.ts'
import { rejectsAccessToken } from './response-error.ts'
import { readRetryPause } from './retry-pause.ts'
import { ConnectionError, SentryApiError } from './sentry-api-error.ts'
import type { AccessTokens, Reuse, UpstreamCall } from './sentry-client.ts'
import type { CallLife } from './shared-call.ts'

/** What is asked, and where; everything of a request but who asks. */
export type Target = Pick<HttpRequest, 'method' | 'endpoint' | 'origin' | 'path' | 'body'>

/** Makes the HTTP exchanges of one operation: counted, with its access token, in turn with everybody else’s. */
export interface Attempts {
  /** Those that were made, in the order of their beginning. */
  readonly calls: UpstreamCall[]
  /** Takes one exchange of those the operation may make. @throws SentryApiError `budget_exceeded` */
  reserve(endpoint: string): void
  /** A reserved exchange, repeated where that may help and does no harm. */
  persist(target: Target, life: CallLife): Promise<HttpAnswer>
  /** A reserved exchange; repeated only with another access token. */
  once(target: Target, life: CallLife): Promise<HttpAnswer>
}

export interface AttemptsEnvironment {
  requester: Requester
  guardOf: (origin: string) => OriginGuard
  deprecations: DeprecationRadar
}

export interface AttemptsOptions {
  accessTokens: AccessTokens
  traffic: GrantTraffic
  /** The most HTTP exchanges, repeated attempts included. */
  maxCalls: number
  /** Is told of each exchange as it begins, and of each reuse, in the asynchronous context of whoever asked. */
  observe?: (made: UpstreamCall | Reuse) => void
}

export function createAttempts(environment: AttemptsEnvironment, options: AttemptsOptions): Attempts {
  const { requester, guardOf, deprecations } = environment
  const { accessTokens, traffic, maxCalls, observe } = options
  const calls: UpstreamCall[] = []
  let reserved = 0

  return {
    calls,
    reserve,
    persist: (target, life) => authorize(target, (accessToken) => repeat(target, accessToken, life)),
    once: (target, life) => authorize(target, (accessToken) => send(target, accessToken, life)),
  }

  function reserve(endpoint: string): void {
    if (reserved >= maxCalls) {
      throw new SentryApiError('budget_exceeded', `The operation may make ${maxCalls} Sentry calls.`, { endpoint })
    }
    reserved += 1
  }

  async function authorize(
    { endpoint }: Target,
    exchange: (accessToken: string) => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> {
    const accessToken = await accessTokens.current()
    const answer = await exchange(accessToken)
    if (!rejectsAccessToken(answer)) return answer
    const replacement = await accessTokens.replace(accessToken)
    reserve(endpoint)
    return await exchange(replacement)
  }

  async function repeat(target: Target, accessToken: string, life: CallLife): Promise<HttpAnswer> {
    guardOf(target.origin).retries.recordCall()
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOnce(target, accessToken, life)
      const answer = outcome instanceof ConnectionError ? null : outcome
      const pause = readRetryPause(answer, attempt, Math.random)
      if (pause === null || !mayRepeat(target, answer, pause, life)) {
        if (outcome instanceof ConnectionError) throw outcome
        return outcome
      }
      await rest(pause, life.signal)
    }
  }

  async function attemptOnce(target: Target, accessToken: string, life: CallLife) {
    try {
      return await send(target, accessToken, life)
    } catch (error) {
      if (error instanceof ConnectionError) return error
      throw error
    }
  }

  function mayRepeat(target: Target, answer: HttpAnswer | null, pause: number, life: CallLife): boolean {
    if (reserved >= maxCalls || pause >= life.remaining()) return false
    // Sentry says itself when it wants to be asked again by those who ask too often.
    if (answer?.status !== 429 && !guardOf(target.origin).retries.take()) return false
    reserved += 1
    return true
  }

  async function send(target: Target, accessToken: string, { signal }: CallLife): Promise<HttpAnswer> {
    const { endpoint, origin } = target
    const gate = traffic.gates.of(origin, endpoint)
    const exchange = () => makeCall({ ...target, accessToken, signal }, gate)
    try {
      return await gate.run(() => guardOf(origin).run(endpoint, exchange, signal), signal)
    } catch (error) {
      if (!(error instanceof GateFullError)) throw error
      const message = 'Too many calls of this grant wait for the endpoint.'
      throw new SentryApiError('rate_limited', message, { endpoint, retryAfter: 1, cause: error })
    }
  }

  async function makeCall(request: HttpRequest, gate: Gate): Promise<HttpAnswer> {
    const { endpoint, origin } = request
    const call: UpstreamCall = { endpoint, origin, status: null, durationMs: 0 }
    calls.push(call)
    observe?.(call)
    const { inside } = gate
    const startedAt = performance.now()
    try {
      const answer = await requester.send(request)
      const { status, header } = answer
      call.status = status
      traffic.rateLimits.record({ endpoint, origin, header })
      followConcurrency(gate, readRateLimitHeaders(header), inside)
      deprecations.record(endpoint, header)
      return answer
    } finally {
      call.durationMs = performance.now() - startedAt
    }
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal })
  } catch {
    // The reason of whoever ended it, in place of the timer's own.
    signal.throwIfAborted()
  }
}
