/** Every `extensions.code` the endpoint answers; the gateway's own request checks use the same list. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CSRF',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_GONE',
  'UPSTREAM_INVALID',
  'BUDGET_EXCEEDED',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_LARGE',
  'PERSISTED_DOCUMENT_REQUIRED',
  'INTERNAL',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** What an operation was estimated to need, and the calls it may make. */
export interface RefusedEstimate {
  upstreamCalls: number
  budget: number
  nodes: number
}

interface GraphErrorOptions extends ErrorOptions {
  requiredScope?: string
  estimate?: RefusedEstimate
}

/** A refusal of the graph itself; its message is written for the caller and shown as it is. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly code: ErrorCode
  readonly requiredScope: string | null
  readonly estimate: RefusedEstimate | null

  constructor(code: ErrorCode, message: string, options: GraphErrorOptions = {}) {
    const { requiredScope, estimate, ...errorOptions } = options
    super(message, errorOptions)
    this.code = code
    this.requiredScope = requiredScope ?? null
    this.estimate = estimate ?? null
  }
}

/** Thrown by whoever provides access tokens when there will be none any more: the caller has to sign in again. */
export class AuthenticationEndedError extends Error {
  override readonly name = 'AuthenticationEndedError'
  readonly reason: 'grant_ended' | 'session_ended'

  constructor(reason: 'grant_ended' | 'session_ended', options?: ErrorOptions) {
    super('The sign-in has ended.', options)
    this.reason = reason
  }
}
