import type { LevelWithSilent } from 'pino'

interface SignInFailure {
  status: number
  log: Exclude<LevelWithSilent, 'silent'>
}

/** Every way a sign-in can fail, and what it is worth: an answer's status, and how loudly the log speaks of it. */
export const signInFailures = {
  /** The answer names no sign-in, or this browser has none under way. */
  state_missing: { status: 400, log: 'info' },
  /** The answer names a sign-in that this browser did not begin. */
  state_mismatch: { status: 400, log: 'warn' },
  state_expired: { status: 400, log: 'info' },
  /** The answer has been used before. */
  state_reused: { status: 400, log: 'warn' },
  missing_code: { status: 400, log: 'warn' },
  /** The person said no. */
  access_denied: { status: 403, log: 'info' },
  /** Sentry does not know a scope we ask for: SENTRY_OAUTH_SCOPES needs a look. */
  invalid_scope: { status: 400, log: 'error' },
  /** Sentry's answer breaks the protocol's rules or carries an error of another kind. */
  provider_error: { status: 400, log: 'warn' },
  /** Sentry does not take the code, or does not take us. */
  exchange_refused: { status: 400, log: 'error' },
  exchange_timeout: { status: 504, log: 'warn' },
  provider_unavailable: { status: 502, log: 'warn' },
  /** Sentry did not say who the person is. */
  profile_unavailable: { status: 502, log: 'warn' },
  store_unavailable: { status: 503, log: 'error' },
  /** The person is known, yet their session could not be made. */
  session_unavailable: { status: 500, log: 'error' },
  /** Nobody approved a device in time, or it asks with something that is not ours. */
  device_expired: { status: 400, log: 'info' },
  rate_limited: { status: 429, log: 'warn' },
} satisfies Record<string, SignInFailure>

export type SignInFailureCode = keyof typeof signInFailures

/** A sign-in failed. The code is all that leaves the process. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: SignInFailureCode

  constructor(code: SignInFailureCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
