import { AuthenticationEndedError } from '@sentry-graph/schema'
import { SentryApiError, type AccessTokens } from '@sentry-graph/sentry-api'
import { TokenEndpointError, type SentryOAuth, type TokenSet } from '@sentry-graph/sentry-oauth'
import { StoreUnavailableError, type Grant, type SessionStore } from '@sentry-graph/session-store'
import type { Logger } from 'pino'

export interface AccessTokenParts {
  store: SessionStore
  oauth: SentryOAuth
  clock: () => Date
  log: Logger
}

/** A refresh begins when less than this part of the access token's life is left. */
const LAST_PART = 0.1

/** Milliseconds for which a failed refresh is not tried again while the old access token still works. */
const PAUSE_AFTER_FAILURE = 30_000

/**
 * Makes the access tokens of a grant for one operation. Sentry replaces both tokens in one stroke and the former pair is
 * dead at once, so a grant is refreshed once for everybody who waits, and the new pair is stored before anybody uses it.
 *
 * Throws AuthenticationEndedError when nobody but the person can help, SentryApiError `unavailable` when Sentry's token
 * endpoint cannot be reached and the old access token is dead, and StoreUnavailableError. An outage ends no grant.
 */
export function createAccessTokens({ store, oauth, clock, log }: AccessTokenParts): (grantId: string) => AccessTokens {
  const refreshing = new Map<string, Promise<Grant>>()
  const unsaved = new Map<string, { version: number; tokenSet: TokenSet }>()
  const pausedUntil = new Map<string, number>()

  return (grantId) => {
    let known: Promise<Grant> | undefined
    let replacement: string | undefined
    return {
      async current() {
        known ??= readLivingGrant(grantId)
        return (await known).tokens.accessToken
      },
      async replace(rejected) {
        // A Sentry that refuses what it has just issued is not asked for more of it within one operation.
        if (rejected === replacement) return rejected
        known = replaceRejected(grantId, rejected)
        replacement = (await known).tokens.accessToken
        return replacement
      },
    }
  }

  async function readLivingGrant(grantId: string): Promise<Grant> {
    const grant = await readGrant(grantId)
    if (!isInLastPart(grant) || grant.tokens.refreshToken === null || isPaused(grant)) return grant
    try {
      return await refresh(grant)
    } catch (error) {
      if (!isOutage(error) || !isAlive(grant)) throw error
      log.warn({ event: 'grant.refresh_postponed', grantId, err: error }, 'refresh postponed')
      return grant
    }
  }

  async function replaceRejected(grantId: string, rejected: string): Promise<Grant> {
    const grant = await readGrant(grantId)
    return grant.tokens.accessToken === rejected ? refresh(grant) : grant
  }

  async function readGrant(grantId: string): Promise<Grant> {
    const grant = await store.findGrant(grantId)
    if (grant === null) throw new AuthenticationEndedError('session_ended')
    return grant
  }

  function refresh(grant: Grant): Promise<Grant> {
    const underWay = refreshing.get(grant.id)
    if (underWay !== undefined) return underWay
    const begun = refreshOnce(grant).finally(() => refreshing.delete(grant.id))
    refreshing.set(grant.id, begun)
    return begun
  }

  /** Reads the grant again first: whoever read it before the last refresh ended may come here after it. */
  async function refreshOnce(seen: Grant): Promise<Grant> {
    const grant = await readGrant(seen.id)
    if (grant.version !== seen.version) return grant
    const tokenSet = await obtainTokenSet(grant)
    if (tokenSet === null) return endOrFollow(grant)
    await save(grant, tokenSet)
    log.info({ event: 'grant.refreshed', grantId: grant.id }, 'access token refreshed')
    return readGrant(grant.id)
  }

  /** The next pair; null when Sentry says that the grant is no longer valid. */
  async function obtainTokenSet(grant: Grant): Promise<TokenSet | null> {
    const kept = unsaved.get(grant.id)
    if (kept?.version === grant.version) return kept.tokenSet
    if (grant.tokens.refreshToken === null) return null
    try {
      return await oauth.refresh(grant.tokens.refreshToken)
    } catch (error) {
      if (error instanceof TokenEndpointError && error.oauthError === 'invalid_grant') return null
      pause(grant.id)
      throw new SentryApiError('unavailable', 'The access token could not be refreshed', {
        endpoint: 'oauth/token/',
        cause: error,
      })
    }
  }

  /** With the store away the new pair, the only one that works, stays in memory until the store is back. */
  async function save(grant: Grant, { accessToken, refreshToken, expiresAt, scopes }: TokenSet): Promise<void> {
    const { id: grantId, version } = grant
    const tokenSet = { accessToken, refreshToken: refreshToken ?? grant.tokens.refreshToken, expiresAt, scopes }
    try {
      const tokens = { accessToken, refreshToken: tokenSet.refreshToken }
      await store.replaceTokens({ grantId, version, tokens, expiresAt, scopes })
    } catch (error) {
      if (error instanceof StoreUnavailableError)
        unsaved.set(grantId, { version, tokenSet: { ...tokenSet, user: null } })
      throw error
    }
    unsaved.delete(grantId)
    pausedUntil.delete(grantId)
  }

  /** `invalid_grant` is also what the loser of a race hears; only of an unchanged grant does it mean the end. */
  async function endOrFollow(grant: Grant): Promise<Grant> {
    if (!(await store.endGrant(grant.id, grant.version))) return readGrant(grant.id)
    log.warn({ event: 'grant.ended', grantId: grant.id, userId: grant.userId }, 'Sentry ended the grant')
    throw new AuthenticationEndedError('grant_ended')
  }

  function isInLastPart({ issuedAt, expiresAt }: Grant): boolean {
    if (expiresAt === null) return false
    const life = expiresAt.getTime() - issuedAt.getTime()
    return expiresAt.getTime() - clock().getTime() < life * LAST_PART
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
  return error instanceof SentryApiError && error.code === 'unavailable'
}
