import { StoreUnavailableError } from './errors.ts'
import { idleEnd, keptAgent, type Session, type SessionLifetimes, type SessionUse } from './sessions.ts'
import type { Database } from './tables.ts'

/** A use is recorded at most this often, in milliseconds: a read that writes every time would not scale. */
const useInterval = 60_000

/** Milliseconds without another try after a use could not be recorded: a full disk stays full for a while. */
const pauseAfterFailure = 10_000

export interface RecordedUse {
  session: Session
  /** Whether this use came from another user agent than the one before: the first to notice says so. */
  isNewAgent: boolean
}

export interface SessionUseOptions {
  lifetimes: SessionLifetimes
  report: (error: StoreUnavailableError) => void
}

/** Records that a session is in use. */
export type RecordUse = (
  database: Database,
  session: Session,
  use: SessionUse | null,
  now: Date,
) => Promise<RecordedUse>

/**
 * Records a use at most once a minute (more often where the idle time is that short), and at once when it comes from
 * another user agent. A use that cannot be recorded is reported and fails nobody: the session was read and is good.
 */
export function createUseRecorder({ lifetimes, report }: SessionUseOptions): RecordUse {
  const interval = Math.min(useInterval, lifetimes.idle / 10)
  let pausedUntil = 0

  return async (database, session, use, now) => {
    const agent = use === null ? session.userAgent : keptAgent(use.userAgent)
    const isOtherAgent = agent !== session.userAgent
    const isDue = now.getTime() - session.lastUsedAt.getTime() >= interval
    if ((!isDue && !isOtherAgent) || now.getTime() < pausedUntil) return { session, isNewAgent: false }
    const isNewAgent = isOtherAgent && session.userAgent !== null
    const used: Session = {
      ...session,
      newAgent: isNewAgent ? { since: now, formerUserAgent: session.userAgent } : session.newAgent,
      userAgent: agent,
      addressFamily: use === null ? session.addressFamily : use.addressFamily,
      lastUsedAt: now,
      idleExpiresAt: idleEnd(session, lifetimes, now),
    }
    try {
      const isFirst = await saveUse(database, session, used)
      return { session: used, isNewAgent: isFirst && isNewAgent }
    } catch (error) {
      pausedUntil = now.getTime() + pauseAfterFailure
      report(new StoreUnavailableError({ cause: error }))
      return { session, isNewAgent: false }
    }
  }
}

/** False when another request has recorded a use in the meantime: of many at once one writes. */
async function saveUse(database: Database, seen: Session, used: Session): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('sessions')
    .set({
      user_agent: used.userAgent,
      address_family: used.addressFamily,
      former_user_agent: used.newAgent?.formerUserAgent ?? null,
      agent_changed_at: used.newAgent?.since.getTime() ?? null,
      last_used_at: used.lastUsedAt.getTime(),
      idle_expires_at: used.idleExpiresAt.getTime(),
    })
    .where('id', '=', seen.id)
    .where('last_used_at', '=', seen.lastUsedAt.getTime())
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
