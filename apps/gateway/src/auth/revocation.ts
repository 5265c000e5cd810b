import type { SentryOAuth } from '@sentry-graph/sentry-oauth'
import type { SessionStore, TokenPair } from '@sentry-graph/session-store'
import type { Logger } from 'pino'

export interface RevocationOfUnusedParts {
  store: SessionStore
  oauth: SentryOAuth
  sentryUrl: string
  logger: Pick<Logger, 'info' | 'warn'>
}

/** Sees to it that Sentry ends a pair that it has issued and that nobody will use. */
export type Revoke = (tokens: TokenPair) => Promise<void>

/**
 * The pair is owed to Sentry (revocations.ts), until Sentry knows. With the store away Sentry is told at once and once:
 * then there is nothing to remember it with. Never throws, so that nobody has to wait for it.
 */
export function createRevocation({ store, oauth, sentryUrl, logger }: RevocationOfUnusedParts): Revoke {
  const sentryHost = new URL(sentryUrl).host
  return async (tokens) => {
    try {
      await store.oweRevocation({ sentryHost, tokens })
    } catch (error) {
      logger.warn(
        { event: 'tokens.not_owed', err: error },
        'what Sentry is to be told cannot be kept: it is told at once',
      )
      await revokeOnce(tokens)
    }
  }

  async function revokeOnce({ accessToken, refreshToken }: TokenPair): Promise<void> {
    try {
      const isRevoked = await oauth.revoke(refreshToken ?? accessToken)
      logger.info({ event: 'tokens.revoked', isRevoked }, isRevoked ? 'tokens revoked' : 'Sentry knows no revocation')
    } catch (error) {
      logger.warn({ event: 'tokens.not_revoked', err: error }, 'Sentry was not told that tokens are out of use')
    }
  }
}
