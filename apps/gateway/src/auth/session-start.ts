import type { SentryApi } from '@sentry-graph/sentry-api'
import type { TokenSet } from '@sentry-graph/sentry-oauth'
import type { SessionStore, SignIn } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'
import { readSessionUse } from '../session/session-use.ts'
import { readProfile } from './profile.ts'
import type { Revoke } from './revocation.ts'

export interface SessionStartParts {
  /** Of tokens that no session comes of. */
  revoke: Revoke
  sentryApi: SentryApi
  sentryUrl: string
  store: SessionStore
}

/**
 * Begins the session of whoever authorized, with a secret that nobody has held before. Tokens that no session comes of are
 * given back to Sentry. Throws SignInError `profile_unavailable`, and what the store's `signIn` throws.
 */
export async function startSession(
  { revoke, sentryApi, sentryUrl, store }: SessionStartParts,
  request: FastifyRequest,
  tokenSet: TokenSet,
  beginning: Pick<SignIn, 'formerSecret' | 'client'>,
): ReturnType<SessionStore['signIn']> {
  const { accessToken, refreshToken, expiresAt, scopes, organizationId } = tokenSet
  try {
    const profile = await readProfile(sentryApi, sentryUrl, tokenSet)
    return await store.signIn({
      profile,
      tokens: { accessToken, refreshToken },
      expiresAt,
      scopes,
      organizationId,
      ...beginning,
      ...readSessionUse(request),
    })
  } catch (error) {
    void revoke(tokenSet)
    throw error
  }
}
