export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'access_denied'

/** A refusal of the token endpoint. Sentry sends its code and nothing else: no `error_description`. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly status: 400 | 401
  readonly code: TokenErrorCode
  readonly headers: Readonly<Record<string, string>>

  constructor(status: 400 | 401, code: TokenErrorCode, headers: Readonly<Record<string, string>> = {}) {
    super(`The token request is refused: ${code}`)
    this.status = status
    this.code = code
    this.headers = headers
  }
}
