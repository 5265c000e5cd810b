import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api/api-error.ts'
import type { Caller } from '../api/authentication.ts'
import type { EndpointRateLimit } from '../api/endpoint.ts'
import type { Admission, RateLimit, RateLimiter } from './rate-limiter.ts'
import type { HostName } from './sandbox-context.ts'

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
  rateLimiter: RateLimiter | null,
  { host, request, caller, own }: AdmissionRequest,
  reply: FastifyReply,
): void {
  if (rateLimiter === null) return
  const rateLimit = own ?? rateLimiter.rateLimit
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
  if (admission.refused !== null) throw new ApiError(429, { detail: explain(admission.refused, rateLimit) })
}

function explain(refused: NonNullable<Admission['refused']>, { limit, window, concurrency }: RateLimit): string {
  return refused === 'window'
    ? `You are attempting to use this endpoint too frequently. Limit is ${limit} requests in ${window} seconds`
    : `You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is ${concurrency}`
}
