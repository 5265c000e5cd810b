import { AuthenticationEndedError } from '@sentry-graph/schema'
import { SentryApiError } from '@sentry-graph/sentry-api'
import { TokenEndpointError, type SentryOAuth, type TokenSet } from '@sentry-graph/sentry-oauth'
import {
  StoreUnavailableError,
  type Grant,
  type IssuedTokens,
  type RefreshClaim,
  type SessionStore,
} from '@sentry-graph/session-store'
import type { Logger } from 'pino'
import type { Revoke } from './revocation.ts'

export interface GrantRefreshParts {
  store: SessionStore
  oauth: SentryOAuth
  revoke: Revoke
  /** Asks Sentry whether it still takes an access token; null when Sentry does not say. */
  isTaken: (accessToken: string) => Promise<boolean | null>
  log: Logger
}

/** A grant as somebody has seen it. */
export type SeenGrant = Pick<Grant, 'id' | 'version'>

/** Replaces the tokens of grants. */
export interface GrantRefresh {
  /**
   * The grant with tokens that are newer than `seen`, or with the same when Sentry takes them still and they cannot be
   * replaced for now. Everybody who asks while a refresh is under way waits for it, on whatever process it is.
   *
   * Throws AuthenticationEndedError when the grant has ended, SentryApiError `unavailable` when Sentry does not answer or
   * another process waits for it for too long, and StoreUnavailableError. An outage ends no grant.
   */
  refresh: (seen: SeenGrant) => Promise<Grant>
  /** Saves what could not be saved before. Nobody waits for it. */
  saveLeftovers: () => void
}

/** Milliseconds: longer than the token endpoint is waited for, and the new pair is saved. */
const LEASE = 15_000

/** Milliseconds for which another process's refresh is waited for: as long as the token endpoint can take. */
const WAIT = 8_000

/** One refresh per grant, on this process by a promise, across processes by the store's lease. */
export function createGrantRefresh({ store, oauth, revoke, isTaken, log }: GrantRefreshParts): GrantRefresh {
  const underWay = new Map<string, Promise<Grant>>()
  /** Pairs that Sentry issued while the store was away: the only ones that work. By grant. */
  const unsaved = new Map<string, IssuedTokens & { version: number }>()

  return { refresh, saveLeftovers }

  function refresh(seen: SeenGrant): Promise<Grant> {
    const begun = underWay.get(seen.id)
    if (begun !== undefined) return begun
    const refreshing = refreshOnce(seen).finally(() => underWay.delete(seen.id))
    underWay.set(seen.id, refreshing)
    return refreshing
  }

  function saveLeftovers(): void {
    for (const [id, { version }] of unsaved) {
      refresh({ id, version }).catch((error: unknown) => {
        log.warn({ event: 'grant.unsaved', grantId: id, err: error }, 'a new pair of tokens could not be saved')
      })
    }
  }

  async function refreshOnce({ id: grantId, version }: SeenGrant): Promise<Grant> {
    const kept = unsaved.get(grantId)
    if (kept?.version === version) return save(grantId, kept)
    const claim = await store.claimRefresh({ grantId, version, lease: LEASE, wait: WAIT })
    switch (claim.outcome) {
      case 'claimed':
        return exchange(claim)
      case 'replaced':
        return claim.grant
      case 'spent':
        return useSpent(claim.grant)
      case 'held':
        throw unavailable()
      case 'ended':
        throw new AuthenticationEndedError('session_ended')
    }
  }

  async function exchange({ grant, claimId }: Extract<RefreshClaim, { outcome: 'claimed' }>): Promise<Grant> {
    const { id: grantId, version, tokens } = grant
    if (tokens.refreshToken === null) return endOrFollow(grant)
    let tokenSet: TokenSet
    try {
      tokenSet = await oauth.refresh(tokens.refreshToken)
    } catch (error) {
      if (error instanceof TokenEndpointError && error.oauthError === 'invalid_grant') return endOrFollow(grant)
      const mayBeSpent = !(error instanceof TokenEndpointError) || error.mayHaveTakenEffect
      await store.releaseRefresh({ grantId, claimId, mayBeSpent })
      throw unavailable(error)
    }
    const { accessToken, refreshToken, expiresAt, scopes } = tokenSet
    const next = { accessToken, refreshToken: refreshToken ?? tokens.refreshToken }
    const saved = await save(grantId, { version, tokens: next, expiresAt, scopes })
    log.info({ event: 'grant.refreshed', grantId }, 'access token refreshed')
    return saved
  }

  /**
   * The pair is stored before anybody uses it. With the store away it stays in memory until the store is back; when the
   * person has signed out meanwhile nobody will ever use it, and Sentry is told so. An answer of the store that was lost
   * looks like a refusal the second time, so what counts is which pair is there.
   */
  async function save(grantId: string, issued: IssuedTokens & { version: number }): Promise<Grant> {
    let grant: Grant | null
    try {
      await store.replaceTokens({ grantId, ...issued })
      grant = await store.findGrant(grantId)
    } catch (error) {
      if (error instanceof StoreUnavailableError) unsaved.set(grantId, issued)
      throw error
    }
    unsaved.delete(grantId)
    if (grant?.tokens.accessToken !== issued.tokens.accessToken) await revoke(issued.tokens)
    if (grant === null) throw new AuthenticationEndedError('session_ended')
    return grant
  }

  /** `invalid_grant` is also what the loser of a race hears; only of an unchanged grant does it mean the end. */
  async function endOrFollow(grant: Grant): Promise<Grant> {
    if (!(await store.endGrant(grant.id, grant.version))) return refreshOnce(grant)
    log.warn({ event: 'grant.ended', grantId: grant.id, userId: grant.userId }, 'Sentry ended the grant')
    throw new AuthenticationEndedError('grant_ended')
  }

  /**
   * Two answers for the refresh token were lost. Had Sentry used it up, the access token would be dead: while Sentry takes
   * that one, the refresh token is good and may be sent again.
   */
  async function useSpent(grant: Grant): Promise<Grant> {
    const taken = await isTaken(grant.tokens.accessToken)
    if (taken === null) throw unavailable()
    if (!taken) return endOrFollow(grant)
    await store.confirmUnspent(grant.id, grant.version)
    return grant
  }
}

function unavailable(cause?: unknown): SentryApiError {
  return new SentryApiError('unavailable', 'The access token could not be refreshed', {
    endpoint: '/oauth/token/',
    cause,
  })
}
