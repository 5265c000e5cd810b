import { createGrantTraffic, readCurrentUser, SentryApiError, type SentryApi } from '@sentry-graph/sentry-api'

/**
 * Asks Sentry whether it takes an access token (`GET /api/0/auth/`); null when Sentry does not say, being away or busy.
 */
export function createTokenCheck(sentryApi: SentryApi): (accessToken: string) => Promise<boolean | null> {
  return async (accessToken) => {
    const accessTokens = {
      current: async () => accessToken,
      replace: async () => {
        throw new SentryApiError('unauthenticated', 'Sentry refuses the access token', { endpoint: 'api/0/auth/' })
      },
    }
    try {
      await readCurrentUser(sentryApi.createClient({ accessTokens, traffic: createGrantTraffic(), maxCalls: 2 }))
      return true
    } catch (error) {
      if (!(error instanceof SentryApiError)) throw error
      return error.code === 'unauthenticated' ? false : null
    }
  }
}
