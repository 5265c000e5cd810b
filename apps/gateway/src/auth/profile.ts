import { createGrantTraffic, readCurrentUser, SentryApiError, type SentryApi } from '@sentry-graph/sentry-api'
import type { TokenSet } from '@sentry-graph/sentry-oauth'
import type { Profile } from '@sentry-graph/session-store'
import { SignInError } from './failures.ts'

/**
 * Who authorized. The token answer names the person but neither username nor avatar, so Sentry is asked (`GET
 * /api/0/auth/`): one call at each sign-in. Throws SignInError `profile_unavailable`, also when the two disagree.
 */
export async function readProfile(sentryApi: SentryApi, sentryUrl: string, tokenSet: TokenSet): Promise<Profile> {
  const user = await readOwner(sentryApi, tokenSet.accessToken)
  if (tokenSet.user !== null && tokenSet.user.id !== user.id) throw new SignInError('profile_unavailable')
  return {
    sentryHost: new URL(sentryUrl).host,
    sentryId: user.id,
    name: user.name,
    email: user.email,
    username: user.username,
    avatarUrl: user.avatarUrl,
  }
}

async function readOwner(sentryApi: SentryApi, accessToken: string) {
  const client = sentryApi.createClient({
    accessTokens: {
      current: async () => accessToken,
      replace: async () => {
        throw new SignInError('profile_unavailable')
      },
    },
    traffic: createGrantTraffic(),
    maxCalls: 2,
  })
  try {
    return await readCurrentUser(client)
  } catch (error) {
    if (error instanceof SentryApiError) throw new SignInError('profile_unavailable', { cause: error })
    throw error
  }
}
