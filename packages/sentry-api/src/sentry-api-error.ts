export type SentryApiErrorCode =
  | 'unauthenticated'
  | 'sso_required'
  | 'forbidden'
  | 'not_found'
  | 'bad_request'
  | 'rate_limited'
  | 'timeout'
  | 'unavailable'
  | 'gone'
  | 'invalid_response'
  | 'budget_exceeded'
  | 'invalid_path_segment'
  | 'untrusted_origin'

export interface SentryApiErrorDetails {
  /** The path template, such as `/api/0/organizations/{org}/projects/`; never a path with values in it. */
  endpoint: string
  status?: number | null
  /** Seconds until the same call may succeed. */
  retryAfter?: number | null
  /** A scope that would have opened the endpoint, when Sentry named one. */
  requiredScope?: string | null
  /** Sentry's own structured code, such as `sso-required`; see `response-error.ts` for the closed list. */
  reason?: string | null
  /** Whether it is certain that Sentry has got nothing of the request. */
  isUnsent?: boolean
  cause?: unknown
}

/** The error of this package. Its message holds no value of the request and no text of the answer. */
export class SentryApiError extends Error {
  override readonly name = 'SentryApiError'
  readonly code: SentryApiErrorCode
  readonly endpoint: string
  readonly status: number | null
  readonly retryAfter: number | null
  readonly requiredScope: string | null
  readonly reason: string | null
  /** True when Sentry has got nothing of the request, so that it has changed nothing; false when nobody knows. */
  readonly isUnsent: boolean

  constructor(code: SentryApiErrorCode, message: string, details: SentryApiErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.endpoint = details.endpoint
    this.status = details.status ?? null
    this.retryAfter = details.retryAfter ?? null
    this.requiredScope = details.requiredScope ?? null
    this.reason = details.reason ?? null
    this.isUnsent = details.isUnsent ?? false
  }
}

/** No whole answer came over the connection. Whether Sentry has got the request, nobody knows where there was one. */
export class ConnectionError extends SentryApiError {
  constructor(endpoint: string, { cause, isUnsent }: { cause: unknown; isUnsent: boolean }) {
    super('unavailable', 'The connection to Sentry failed.', { endpoint, cause, isUnsent })
  }
}
