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

/** A call that changes something at Sentry. */
export interface SentryWrite extends Omit<SentryRequest, 'movedParameter' | 'lifetime'> {
  method: 'PUT' | 'POST' | 'DELETE'
  /** Sent as JSON; nothing is sent for null. */
  body: unknown
}

export interface SentryResponse {
  /** Null where a write is answered by nothing. */
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

/** An answer that cost no call: `shared` with a call that was under way, or `cached` from one that had come. */
export interface Reuse {
  endpoint: string
  origin: string
  kind: 'shared' | 'cached'
}

/** Speaks to Sentry for one operation: identical GETs are made once, calls are counted, one deadline bounds them all. */
export interface SentryClient {
  /** The control origin. */
  readonly sentryUrl: string
  /** In the order in which they were made, repeated attempts and writes included. */
  readonly calls: readonly UpstreamCall[]
  /** In the order in which they were asked for. */
  readonly reuses: readonly Reuse[]
  /**
   * The body may be given to others too: it and what is read from it are not to be changed.
   * @throws SentryApiError and whatever the access tokens throw.
   */
  get(request: SentryRequest): Promise<SentryResponse>
  /**
   * Changes something, at most once: only a refused access token, which has had no effect, is followed by a second
   * attempt. After `timeout` and `unavailable` nobody knows whether it has happened. What was read before is asked again.
   * @throws SentryApiError and whatever the access tokens throw.
   */
  write(request: SentryWrite): Promise<SentryResponse>
}
