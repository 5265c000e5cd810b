import type { SentryOAuth } from '@sentry-graph/sentry-oauth'
import type { TokenPair } from '@sentry-graph/session-store'
import type { Logger } from 'pino'

/** Tells Sentry that nobody will use this pair again. */
export type Revoke = (tokens: TokenPair) => Promise<void>

/**
 * Revokes as well as can be: Sentry may be away or not know how, and the pair is forgotten here in any case. Resolves within
 * 2 seconds and never throws, so that nobody has to wait for it.
 */
export function createRevocation({ oauth, log }: { oauth: SentryOAuth; log: Pick<Logger, 'info' | 'warn'> }): Revoke {
  return async ({ accessToken, refreshToken }) => {
    try {
      const isRevoked = await oauth.revoke(refreshToken ?? accessToken)
      log.info({ event: 'tokens.revoked', isRevoked }, isRevoked ? 'tokens revoked' : 'Sentry knows no revocation')
    } catch (error) {
      log.warn({ event: 'tokens.not_revoked', err: error }, 'Sentry was not told that tokens are out of use')
    }
  }
}
