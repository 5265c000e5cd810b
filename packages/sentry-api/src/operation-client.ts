import { setTimeout as delay } from 'node:timers/promises'
import { readRateLimitHeaders } from './rate-limit-headers.ts'
import type { RateLimitLedger } from './rate-limit-ledger.ts'
import { buildPath, buildQuery } from './request-path.ts'
import type { HttpAnswer, HttpRequest, Requester } from './request.ts'
import { isJson, parseJson, readResponseError, readStructuredDetail, rejectsAccessToken } from './response-error.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type {
  AccessTokens,
  Reuse,
  SentryClient,
  SentryRequest,
  SentryResponse,
  SentryWrite,
  UpstreamCall,
} from './sentry-client.ts'
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

type Target = Pick<HttpRequest, 'method' | 'endpoint' | 'origin' | 'path' | 'body'>

export function createOperationClient(environment: ClientEnvironment, options: ClientOptions): SentryClient {
  const { requester, origins, timeout } = environment
  const { accessTokens, rateLimits, maxCalls, signal } = options
  const calls: UpstreamCall[] = []
  const reuses: Reuse[] = []
  const answers = new Map<string, Promise<SentryResponse>>()
  const underWay = new Set<Promise<SentryResponse>>()
  let startedDeadline: AbortSignal | undefined
  const deadline = () =>
    (startedDeadline ??= AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]))

  return { sentryUrl: origins.control, calls, reuses, get, write }

  async function get(request: SentryRequest): Promise<SentryResponse> {
    const target = locate(request, origins)
    const key = target.origin + target.path
    const known = answers.get(key)
    if (known) return await reuse(target, known)
    const answer = ask(request, target)
    answers.set(key, answer)
    underWay.add(answer)
    return await answer.finally(() => underWay.delete(answer))
  }

  function reuse({ endpoint, origin }: Target, known: Promise<SentryResponse>): Promise<SentryResponse> {
    reuses.push({ endpoint, origin, kind: underWay.has(known) ? 'shared' : 'cached' })
    return known
  }

  async function write({ method, body, ...request }: SentryWrite): Promise<SentryResponse> {
    const target = { ...locate(request, origins), method, body: body === null ? null : JSON.stringify(body) }
    try {
      return readWritten(await authorize((accessToken) => send(target, accessToken)), target.endpoint)
    } finally {
      answers.clear()
    }
  }

  async function ask(request: SentryRequest, target: Target): Promise<SentryResponse> {
    const answer = await sendAuthorized(target)
    const moved = readMovedRequest(request, answer)
    if (moved === null) return readResponse(answer, target.endpoint)
    // Past the remembered answers: two projects that each claim to be the other would wait for each other for ever.
    return readResponse(await sendAuthorized(locate(moved, origins)), target.endpoint)
  }

  function sendAuthorized(target: Target): Promise<HttpAnswer> {
    return authorize((accessToken) => sendPersistently(target, accessToken))
  }

  async function authorize(exchange: (accessToken: string) => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const accessToken = await accessTokens.current()
    const answer = await exchange(accessToken)
    if (!rejectsAccessToken(answer)) return answer
    return await exchange(await accessTokens.replace(accessToken))
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
  return { method: 'GET', endpoint, origin, path, body: null }
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

/** Deletions and some changes are answered by 202 or 204 without a body. */
function readWritten(answer: HttpAnswer, endpoint: string): SentryResponse {
  const isEmpty = answer.status >= 200 && answer.status <= 299 && answer.text === ''
  return isEmpty ? { body: null, header: answer.header } : readResponse(answer, endpoint)
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
