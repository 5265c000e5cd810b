import type { RateLimit } from '../api/endpoint.ts'

/** What differs between Sentry installations and versions, and can be changed while the sandbox runs. */
export interface Settings {
  /** Seconds that an access token lives from its issue or refresh. */
  accessTokenLifetime: number
  /** Of endpoints without a limit of their own; false turns the limiter off. */
  rateLimit: RateLimit | false
  /** The 429 body of today's Sentry is an object; older ones sent the bare string as `text/html`. */
  rateLimitBody: 'object' | 'string'
  /** One host for everything: no regions endpoint, no limiter, and the region hosts are cut off. */
  isSelfHosted: boolean
  /** Whether `/oauth/revoke/` exists. */
  hasRevocation: boolean
  /** Whether `/.well-known/oauth-authorization-server` exists. */
  hasMetadata: boolean
  /** Signs id_tokens; null issues none. */
  idTokenSecret: string | null
  /** Seconds until regions learn of new, rotated and revoked tokens. */
  tokenReplicationDelay: number
}

const thirtyDays = 30 * 24 * 60 * 60

export const defaultSettings: Settings = {
  accessTokenLifetime: thirtyDays,
  rateLimit: { limit: 40, window: 1, concurrency: 25 },
  rateLimitBody: 'object',
  isSelfHosted: false,
  hasRevocation: true,
  hasMetadata: true,
  idTokenSecret: null,
  tokenReplicationDelay: 0,
}
