/**
 * What came back from Sentry with the browser and is no permission. `provider_error` stands for everything that is not
 * the person's doing: an unknown error, a foreign issuer, doubled or oversized parameters.
 */
export type AuthorizationResponseErrorCode =
  'state_mismatch' | 'missing_code' | 'access_denied' | 'invalid_scope' | 'provider_error'

const authorizationResponseMessages = {
  state_mismatch: 'The authorization response belongs to another sign-in',
  missing_code: 'The authorization response carries no code',
  access_denied: 'The person did not give permission',
  invalid_scope: 'Sentry does not know a requested scope',
  provider_error: 'The authorization response is not acceptable',
} satisfies Record<AuthorizationResponseErrorCode, string>

/** The browser came back without a usable code. Never carries text of the response, nor its state or code. */
export class AuthorizationResponseError extends Error {
  override readonly name = 'AuthorizationResponseError'
  readonly code: AuthorizationResponseErrorCode

  constructor(code: AuthorizationResponseErrorCode, options?: { cause: unknown }) {
    super(authorizationResponseMessages[code], options)
    this.code = code
  }
}

/**
 * `refused`: 4xx with an OAuth error. `timeout`: no complete answer within the deadline. `unavailable`: network
 * failure, 5xx, HTML, a redirect or any other answer that is not the token endpoint's. `invalid_response`: 200 of a
 * wrong shape or size.
 */
export type TokenEndpointErrorCode = 'refused' | 'timeout' | 'unavailable' | 'invalid_response'

const oauthErrorNames = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
] as const

/** The error names of RFC 6749 section 5.2 and RFC 8628 section 3.5; `other` for whatever else a server says. */
export type OAuthErrorName = (typeof oauthErrorNames)[number] | 'other'

/** The known name in a server's answer, so that no text of the answer travels on. */
export function readOAuthErrorName(error: string): OAuthErrorName {
  return oauthErrorNames.find((name) => name === error) ?? 'other'
}

const tokenEndpointMessages = {
  refused: 'The token endpoint refused the request',
  timeout: 'The token endpoint did not answer in time',
  unavailable: 'The token endpoint is not available',
  invalid_response: 'The token endpoint answered in a wrong shape',
} satisfies Record<TokenEndpointErrorCode, string>

/**
 * Sentry did not do what it was asked, as far as is known. Never carries text of the answer; after `refused`, `oauthError`
 * says why.
 */
export class TokenEndpointError extends Error {
  override readonly name = 'TokenEndpointError'
  readonly code: TokenEndpointErrorCode
  readonly status: number | null
  readonly oauthError: OAuthErrorName | null
  /**
   * Whether Sentry may have done it nevertheless: the request went out, and what came back is no whole refusal. After a
   * refresh the old pair may be dead then.
   */
  readonly mayHaveTakenEffect: boolean

  constructor(
    code: TokenEndpointErrorCode,
    options: { status?: number; oauthError?: OAuthErrorName; isUnsent?: boolean; cause?: unknown } = {},
  ) {
    super(tokenEndpointMessages[code], 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.status = options.status ?? null
    this.oauthError = options.oauthError ?? null
    const isRefused = code === 'refused' || (code === 'unavailable' && options.status !== undefined)
    this.mayHaveTakenEffect = !isRefused && options.isUnsent !== true
  }
}

/**
 * An error of oauth4webapi without what it judged: it keeps the response body or the redirect's parameters on itself,
 * and those hold tokens, the code and the state.
 */
export function withoutContents(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown')
  const bare = new Error(error.message)
  bare.name = error.name
  if (error.stack !== undefined) bare.stack = error.stack
  return bare
}
