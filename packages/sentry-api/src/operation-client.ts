import { setTimeout as delay } from 'node:timers/promises'
import { readRateLimitHeaders } from './rate-limit-headers.ts'
import type { RateLimitLedger } from './rate-limit-ledger.ts'
import { buildPath, buildQuery } from './request-path.ts'
import type { HttpAnswer, HttpRequest, Requester } from './request.ts'
import { isJson, parseJson, readResponseError, readStructuredDetail, rejectsAccessToken } from './response-error.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type { AccessTokens, SentryClient, SentryRequest, SentryResponse, UpstreamCall } from './sentry-client.ts'
import type { TrustedOrigins } from './trusted-origins.ts'

export interface ClientOptions {
  accessTokens: AccessTokens
  rateLimits: RateLimitLedger
  /** The most HTTP exchanges, retries included. */
  maxCalls: number
  /** Aborts when nobody waits for the operation any more: its calls end as they do at the deadline. */
  signal?: AbortSignal
}

interface ClientEnvironment {
  requester: Requester
  origins: TrustedOrigins
  /** Milliseconds from the first call on. */
  timeout: number
}

type Target = Pick<HttpRequest, 'endpoint' | 'origin' | 'path'>

export function createOperationClient(environment: ClientEnvironment, options: ClientOptions): SentryClient {
  const { requester, origins, timeout } = environment
  const { accessTokens, rateLimits, maxCalls, signal } = options
  const calls: UpstreamCall[] = []
  const answers = new Map<string, Promise<SentryResponse>>()
  let startedDeadline: AbortSignal | undefined
  const deadline = () =>
    (startedDeadline ??= AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]))

  return { sentryUrl: origins.control, calls, get }

  async function get(request: SentryRequest): Promise<SentryResponse> {
    const target = locate(request, origins)
    const key = target.origin + target.path
    const known = answers.get(key)
    if (known) return await known
    const answer = ask(request, target)
    answers.set(key, answer)
    return await answer
  }

  async function ask(request: SentryRequest, target: Target): Promise<SentryResponse> {
    const answer = await sendAuthorized(target)
    const moved = readMovedRequest(request, answer)
    if (moved === null) return readResponse(answer, target.endpoint)
    // Past the remembered answers: two projects that each claim to be the other would wait for each other for ever.
    return readResponse(await sendAuthorized(locate(moved, origins)), target.endpoint)
  }

  async function sendAuthorized(target: Target): Promise<HttpAnswer> {
    const accessToken = await accessTokens.current()
    const answer = await sendPersistently(target, accessToken)
    if (!rejectsAccessToken(answer)) return answer
    return await sendPersistently(target, await accessTokens.replace(accessToken))
  }

  async function sendPersistently(target: Target, accessToken: string): Promise<HttpAnswer> {
    try {
      const answer = await send(target, accessToken)
      if (!isPassing(answer) || !canRetry()) return answer
    } catch (error) {
      if (!isConnectionFailure(error) || !canRetry()) throw error
    }
    await pauseBeforeRetry(target.endpoint, deadline())
    return await send(target, accessToken)
  }

  function canRetry(): boolean {
    return calls.length < maxCalls
  }

  async function send(target: Target, accessToken: string): Promise<HttpAnswer> {
    const call = startCall(target)
    const startedAt = performance.now()
    try {
      const answer = await requester.send({ ...target, accessToken, signal: deadline() })
      call.status = answer.status
      rateLimits.record({ endpoint: target.endpoint, origin: target.origin, ...readRateLimitHeaders(answer) })
      return answer
    } finally {
      call.durationMs = performance.now() - startedAt
    }
  }

  function startCall({ endpoint, origin }: Target): UpstreamCall {
    if (calls.length >= maxCalls) {
      throw new SentryApiError('budget_exceeded', `The operation may make ${maxCalls} Sentry calls.`, { endpoint })
    }
    const call: UpstreamCall = { endpoint, origin, status: null, durationMs: 0 }
    calls.push(call)
    return call
  }
}

function locate(request: SentryRequest, origins: TrustedOrigins): Target {
  const { endpoint, parameters = {}, query, regionUrl } = request
  const path = buildPath(endpoint, parameters) + buildQuery(query)
  const origin = origins.resolve(regionUrl)
  if (origin === null) {
    throw new SentryApiError('untrusted_origin', 'The region is not among the allowed origins.', { endpoint })
  }
  return { endpoint, origin, path }
}

/**
 * The same call with the new slug, where Sentry says that a project was renamed (302 `resource-moved`); null where it
 * names no other slug. The slug goes through the path builder; the `Location` is never followed, so that the token
 * stays where it was meant for.
 */
function readMovedRequest({ movedParameter, ...request }: SentryRequest, answer: HttpAnswer): SentryRequest | null {
  if (movedParameter === undefined || answer.status !== 302) return null
  const detail = readStructuredDetail(answer)
  if (detail?.code !== 'resource-moved' || detail.slug === null) return null
  if (detail.slug === request.parameters?.[movedParameter]) return null
  return { ...request, parameters: { ...request.parameters, [movedParameter]: detail.slug } }
}

function readResponse(answer: HttpAnswer, endpoint: string): SentryResponse {
  const { status, header, text } = answer
  if (status < 200 || status > 299) throw readResponseError(answer, endpoint)
  const body = text !== null && isJson(answer) ? parseJson(text) : undefined
  if (body === undefined) {
    throw new SentryApiError('invalid_response', invalidBody(answer), { endpoint, status })
  }
  return { body, header }
}

function invalidBody({ fault }: HttpAnswer): string {
  if (fault === 'too_large') return 'Sentry’s answer is larger than allowed.'
  if (fault === 'undecodable') return 'Sentry’s answer is compressed in a way that cannot be read.'
  return 'Sentry’s answer is no JSON.'
}

function isPassing({ status }: HttpAnswer): boolean {
  return status === 502 || status === 503 || status === 504
}

function isConnectionFailure(error: unknown): boolean {
  return error instanceof SentryApiError && error.code === 'unavailable'
}

async function pauseBeforeRetry(endpoint: string, deadline: AbortSignal): Promise<void> {
  // The jitter keeps many operations that failed together from coming back together.
  const milliseconds = 50 + Math.random() * 150
  try {
    await delay(milliseconds, undefined, { signal: deadline })
  } catch (cause) {
    throw new SentryApiError('timeout', 'Sentry did not answer in time.', { endpoint, cause })
  }
}
