import { z } from 'zod'
import type { HttpAnswer } from './request.ts'
import { readRetryAfter } from './retry-after.ts'
import { SentryApiError, type SentryApiErrorCode } from './sentry-api-error.ts'

// https://github.com/getsentry/sentry/blob/master/src/sentry/api/exceptions.py
const structuredCodes = [
  'sso-required',
  'member-disabled-over-limit',
  '2fa-required',
  'sudo-required',
  'email-verification-required',
  'superuser-required',
  'staff-required',
  'resource-moved',
  'parameter-validation-error',
] as const

const structuredDetail = z.object({
  detail: z.object({ code: z.string(), extra: z.object({ slug: z.string().optional() }).nullish() }),
})

/** The `{"detail": {"code": …}}` of an answer; null where `detail` is a sentence or the body is something else. */
export function readStructuredDetail(answer: HttpAnswer): { code: string; slug: string | null } | null {
  const result = structuredDetail.safeParse(readJson(answer))
  return result.success ? { code: result.data.detail.code, slug: result.data.detail.extra?.slug ?? null } : null
}

/** Whether Sentry refuses the access token itself. A 401 with a structured code asks the person for something instead. */
export function rejectsAccessToken(answer: HttpAnswer): boolean {
  return answer.status === 401 && readStructuredDetail(answer) === null
}

export function isJson(answer: HttpAnswer): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(answer.header('content-type') ?? '')
}

/** The error that an answer outside 2xx stands for, decided by status, headers and structured codes alone. */
export function readResponseError(answer: HttpAnswer, endpoint: string): SentryApiError {
  const { status } = answer
  const reason = structuredCodes.find((known) => known === readStructuredDetail(answer)?.code) ?? null
  const code = codeOf(answer, reason)
  return new SentryApiError(code, `Sentry answered ${status}.`, {
    endpoint,
    status,
    reason,
    retryAfter: code === 'rate_limited' || code === 'unavailable' ? secondsToWait(answer) : null,
    requiredScope: code === 'forbidden' ? readRequiredScope(answer.header('www-authenticate')) : null,
  })
}

const codesByStatus: Record<number, SentryApiErrorCode> = {
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  410: 'gone',
  429: 'rate_limited',
}

function codeOf(answer: HttpAnswer, reason: string | null): SentryApiErrorCode {
  const { status } = answer
  if (reason === 'sso-required') return 'sso_required'
  if (status === 401) return rejectsAccessToken(answer) ? 'unauthenticated' : 'forbidden'
  if (status >= 500) return 'unavailable'
  if (status < 400) return 'invalid_response'
  return codesByStatus[status] ?? 'bad_request'
}

const LONGEST_WAIT = 3600

/** Seconds: an hour is as long as anybody should be told to wait, whatever a header claims. */
function secondsToWait(answer: HttpAnswer): number | null {
  const wait = readRetryAfter(answer.header)
  return wait === null ? null : Math.min(LONGEST_WAIT, Math.max(1, Math.ceil(wait / 1000)))
}

// Any one of the scopes opens the endpoint, so the smallest is the one to ask for.
const rights = ['read', 'write', 'admin']

/** From `Bearer error="insufficient_scope", scope="org:admin org:write"` (RFC 6750, section 3). */
function readRequiredScope(header: string | null): string | null {
  if (!header?.includes('error="insufficient_scope"')) return null
  const scopes =
    /\bscope="([^"]*)"/
      .exec(header)?.[1]
      ?.split(' ')
      .filter((scope) => /^[a-z]+:[a-z]+$/.test(scope)) ?? []
  const [smallest] = scopes.toSorted((one, other) => rightOf(one) - rightOf(other))
  return smallest ?? null
}

function rightOf(scope: string): number {
  const right = rights.indexOf(scope.slice(scope.indexOf(':') + 1))
  return right === -1 ? rights.length : right
}

function readJson(answer: HttpAnswer): unknown {
  if (answer.text === null || !isJson(answer)) return undefined
  return parseJson(answer.text)
}

/** The value, or undefined when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
