import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api/api-error.ts'
import type { Caller } from '../api/authentication.ts'
import type { EndpointRateLimit, RateLimit } from '../api/endpoint.ts'
import type { Admission, RateLimiter } from './rate-limiter.ts'
import type { HostName } from '../world/organization.ts'
import type { Settings } from './settings.ts'

/** Endpoints without a limit of their own share one group. */
const sharedGroup = 'default'

interface AdmissionRequest {
  host: HostName
  request: FastifyRequest
  caller: Caller | null
  /** The limit that the endpoint's group has of its own. */
  own: EndpointRateLimit | undefined
}

/**
 * Counts an API request against its caller (person, else address), method and endpoint group, and adds the headers that tell so.
 *
 * @throws {ApiError} 429 without `Retry-After`.
 */
export function admit(
  { rateLimiter, settings }: { rateLimiter: RateLimiter; settings: Settings },
  { host, request, caller, own }: AdmissionRequest,
  reply: FastifyReply,
): void {
  if (settings.rateLimit === false || settings.isSelfHosted) return
  const rateLimit = own ?? settings.rateLimit
  const key = [host, own?.group ?? sharedGroup, request.method, caller?.person.id ?? request.ip].join(' ')
  const admission = rateLimiter.admit(key, rateLimit)
  reply.raw.once('close', () => admission.release())
  reply.headers({
    'X-Sentry-Rate-Limit-Limit': String(rateLimit.limit),
    'X-Sentry-Rate-Limit-Remaining': String(admission.remaining),
    'X-Sentry-Rate-Limit-Reset': String(admission.reset),
    'X-Sentry-Rate-Limit-ConcurrentLimit': String(rateLimit.concurrency),
    'X-Sentry-Rate-Limit-ConcurrentRemaining': String(Math.max(0, admission.concurrentRemaining)),
  })
  if (admission.refused !== null) throw refuse(explain(admission.refused, rateLimit), settings.rateLimitBody)
}

function refuse(explanation: string, form: Settings['rateLimitBody']): ApiError {
  return form === 'object'
    ? new ApiError(429, { detail: explanation })
    : new ApiError(429, JSON.stringify(explanation), { 'Content-Type': 'text/html; charset=utf-8' })
}

function explain(refused: NonNullable<Admission['refused']>, { limit, window, concurrency }: RateLimit): string {
  return refused === 'window'
    ? `You are attempting to use this endpoint too frequently. Limit is ${limit} requests in ${window} seconds`
    : `You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is ${concurrency}`
}
