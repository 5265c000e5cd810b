/**
 * `unreachable`: nobody answered. `refused`: the gateway said no; `reason` says why. `unexpected`: what answered is no
 * gateway, or not one of this version.
 */
export type GatewayErrorCode = 'unreachable' | 'refused' | 'unexpected'

/** The gateway did not do what it was asked. Carries no secret. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayErrorCode
  /** HTTP status; null when nobody answered. */
  readonly status: number | null
  /** The gateway's own word, such as `access_denied`; null when it said none. */
  readonly reason: string | null

  constructor(
    code: GatewayErrorCode,
    message: string,
    details: { status?: number; reason?: string | null; cause?: unknown } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    this.status = details.status ?? null
    this.reason = details.reason ?? null
  }
}
