import { TokenEndpointError, type SentryOAuth } from '@sentry-graph/sentry-oauth'
import type { OwedRevocation, SessionStore } from '@sentry-graph/session-store'
import type { Logger } from 'pino'

export interface RevocationParts {
  store: SessionStore
  oauth: SentryOAuth
  sentryUrl: string
  logger: Logger
  /** Milliseconds between two looks at what is owed; a minute if not given. */
  interval?: number
}

/** Tells Sentry of the pairs that have ended here. Nobody waits for it. */
export interface Revocations {
  /** The same store; whenever it has ended something, or is owed something, Sentry is told soon. */
  watch(store: SessionStore): SessionStore
  /** Begins with what former processes have left over. */
  start(): void
  /** Resolves when nothing is under way any more, which takes 2 seconds at most. What is left over stays in the store. */
  close(): Promise<void>
}

const MINUTE = 60_000

/**
 * One pair after the other, on one process at a time, since the store gives each to one. A Sentry that is away is left alone
 * until the next look; an answer that would be the same tomorrow is taken as the last word.
 */
export function createRevocations({
  store,
  oauth,
  sentryUrl,
  logger,
  interval = MINUTE,
}: RevocationParts): Revocations {
  const sentryHost = new URL(sentryUrl).host
  let timer: NodeJS.Timeout | undefined
  const closing = new AbortController()
  let isNudged = false
  let isAtWork = false
  let underWay: Promise<void> | undefined

  return {
    watch: (watched) => ({
      ...watched,
      signIn: async (input) => andThenNudge(await watched.signIn(input)),
      endSession: async (id) => andThenNudge(await watched.endSession(id)),
      endAllSessions: async (userId) => andThenNudge(await watched.endAllSessions(userId)),
      oweRevocation: async (pair) => andThenNudge(await watched.oweRevocation(pair)),
      revokeSession: async (userId, id) => andThenNudge(await watched.revokeSession(userId, id)),
    }),
    start() {
      timer = setInterval(nudge, interval).unref()
      nudge()
    },
    async close() {
      closing.abort()
      clearInterval(timer)
      await underWay
    },
  }

  function andThenNudge<T>(result: T): T {
    nudge()
    return result
  }

  function nudge(): void {
    isNudged = true
    if (!isAtWork) underWay = work()
  }

  async function work(): Promise<void> {
    isAtWork = true
    try {
      while (isNudged && !closing.signal.aborted) {
        isNudged = false
        await tellAllThatIsDue()
      }
    } catch (error) {
      logger.warn({ event: 'tokens.not_revoked', err: error }, 'what Sentry is to be told cannot be read now')
    } finally {
      isAtWork = false
    }
  }

  async function tellAllThatIsDue(): Promise<void> {
    while (!closing.signal.aborted) {
      const owed = await store.claimRevocation(sentryHost)
      if (owed === null || !(await tell(owed))) return
    }
  }

  /** False when Sentry is away. */
  async function tell({ id: grantId, token }: OwedRevocation): Promise<boolean> {
    try {
      const isRevoked = await oauth.revoke(token)
      const message = isRevoked ? 'tokens revoked' : 'Sentry knows no revocation'
      logger.info({ event: 'tokens.revoked', grantId, isRevoked }, message)
    } catch (error) {
      const isLastWord = isRefusal(error)
      const message = isLastWord
        ? 'Sentry refuses to revoke tokens'
        : 'Sentry will be told later that tokens are out of use'
      logger.warn({ event: 'tokens.not_revoked', grantId, err: error }, message)
      if (!isLastWord) return false
    }
    await store.settleRevocation(grantId)
    return true
  }
}

/** 4xx: we are not allowed to, as without a client secret. Being asked too often is no refusal. */
function isRefusal(error: unknown): boolean {
  return error instanceof TokenEndpointError && error.code === 'refused' && error.status !== 429
}
