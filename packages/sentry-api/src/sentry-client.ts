import type { PathParameters, QueryParameters } from './request-path.ts'

/**
 * Where a client gets its access token, and another one after Sentry refused it. Both have to settle in a time of their
 * own: the deadline of the operation bounds calls to Sentry's REST API only.
 */
export interface AccessTokens {
  current(): Promise<string>
  /** After Sentry answered 401 to `rejected`: another access token, or throws. */
  replace(rejected: string): Promise<string>
}

/** A GET of the REST API. */
export interface SentryRequest {
  /** The path template, such as `/api/0/organizations/{org}/projects/`. */
  endpoint: string
  parameters?: PathParameters
  query?: QueryParameters
  /** The API base of the organization's region; the control host when null, empty or left out. */
  regionUrl?: string | null
  /** The parameter that Sentry may say has moved (`resource-moved`): the call is made once more with the new value. */
  movedParameter?: string
  /** Milliseconds for which the answer may be given again to whoever uses the same grant; never when left out. */
  lifetime?: number
}

export interface SentryResponse {
  body: unknown
  header: (name: string) => string | null
}

/** One HTTP exchange, for the record. */
export interface UpstreamCall {
  endpoint: string
  origin: string
  /** Null when no answer came. */
  status: number | null
  durationMs: number
}

/** Speaks to Sentry for one operation: identical GETs are made once, calls are counted, one deadline bounds them all. */
export interface SentryClient {
  /** The control origin. */
  readonly sentryUrl: string
  readonly calls: readonly UpstreamCall[]
  /** @throws SentryApiError and whatever the access tokens throw. */
  get(request: SentryRequest): Promise<SentryResponse>
}
