import { AuthenticationEndedError } from '@sentry-graph/schema'
import { SentryApiError, type AccessTokens, type SentryApi } from '@sentry-graph/sentry-api'
import type { SentryOAuth } from '@sentry-graph/sentry-oauth'
import { StoreUnavailableError, type Grant, type SessionStore, type UsableSession } from '@sentry-graph/session-store'
import type { Logger } from 'pino'
import { isOfSentry } from '../session/session.ts'
import { createGrantRefresh } from './grant-refresh.ts'
import { isRefreshDue } from './refresh-time.ts'
import type { Revoke } from './revocation.ts'
import { createTokenCheck } from './token-check.ts'

export interface AccessTokenParts {
  store: SessionStore
  oauth: SentryOAuth
  revoke: Revoke
  sentryApi: SentryApi
  sentryUrl: string
  clock: () => Date
  logger: Logger
}

/** Milliseconds for which a refresh that failed is not tried again while the old access token still works. */
const PAUSE_AFTER_FAILURE = 30_000

/**
 * Makes the access tokens of a session's grant for one operation. Sentry replaces both tokens in one stroke and the former
 * pair is dead at once, so a grant is refreshed once for everybody who waits, and the new pair is stored before anybody
 * uses it.
 *
 * The session has brought its tokens along: while they are good, nothing is read for them. Whoever replaces them reads
 * what is there by then.
 *
 * Throws AuthenticationEndedError when nobody but the person can help, also for a session of another Sentry; SentryApiError
 * `unavailable` when Sentry's token endpoint cannot be reached and the old access token is dead; and StoreUnavailableError.
 * An outage ends no grant.
 */
export function createAccessTokens(parts: AccessTokenParts): (opened: UsableSession) => AccessTokens {
  const { store, oauth, revoke, sentryApi, sentryUrl, clock, logger: log } = parts
  const sentryHost = new URL(sentryUrl).host
  const isTaken = createTokenCheck(sentryApi)
  const { refresh, saveLeftovers } = createGrantRefresh({ store, oauth, revoke, isTaken, log })
  const pausedUntil = new Map<string, number>()

  return (opened) => {
    let known: Promise<Grant> | undefined
    let replacement: string | undefined
    return {
      async current() {
        known ??= findLivingGrant(opened)
        return (await known).tokens.accessToken
      },
      async replace(rejected) {
        // A Sentry that refuses what it has just issued is not asked for more of it within one operation.
        if (rejected === replacement) return rejected
        known = replaceRejected(opened, rejected)
        replacement = (await known).tokens.accessToken
        return replacement
      },
    }
  }

  async function findLivingGrant(opened: UsableSession): Promise<Grant> {
    refuseForeign(opened)
    saveLeftovers()
    const grant = { ...opened.grant, tokens: opened.openTokens() }
    if (!isRefreshDue(grant, clock()) || grant.tokens.refreshToken === null || isPaused(grant)) return grant
    try {
      const refreshed = await refresh(grant)
      if (refreshed.version === grant.version) pause(grant.id)
      return refreshed
    } catch (error) {
      if (!isOutage(error)) throw error
      pause(grant.id)
      if (!isAlive(grant)) throw error
      log.warn({ event: 'grant.refresh_postponed', grantId: grant.id, err: error }, 'refresh postponed')
      return grant
    }
  }

  /** Whoever was on the way while the tokens were replaced goes on with the new one; nothing is refreshed for them. */
  async function replaceRejected(opened: UsableSession, rejected: string): Promise<Grant> {
    refuseForeign(opened)
    const grant = await store.findGrant(opened.grant.id)
    if (grant === null) throw new AuthenticationEndedError('session_ended')
    return grant.tokens.accessToken === rejected ? refresh(grant) : grant
  }

  /** The last look before a token is sent: whatever has opened this session, the token is not for our Sentry. */
  function refuseForeign(opened: UsableSession): void {
    if (!isOfSentry(opened, sentryHost)) throw new AuthenticationEndedError('session_ended')
  }

  function isAlive({ expiresAt }: Grant): boolean {
    return expiresAt === null || expiresAt > clock()
  }

  function isPaused(grant: Grant): boolean {
    return isAlive(grant) && (pausedUntil.get(grant.id) ?? 0) > clock().getTime()
  }

  function pause(grantId: string): void {
    const now = clock().getTime()
    for (const [other, until] of pausedUntil) if (until <= now) pausedUntil.delete(other)
    pausedUntil.set(grantId, now + PAUSE_AFTER_FAILURE)
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof StoreUnavailableError || (error instanceof SentryApiError && error.code === 'unavailable')
}
