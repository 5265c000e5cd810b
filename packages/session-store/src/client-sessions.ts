import { createSecret } from './secret.ts'
import { insertSession, type Session } from './sessions.ts'
import type { Database } from './tables.ts'

/** A session that a person makes for a script or another application, from the browser they are signed in with. */
export interface NewClientSession {
  userId: string
  /** The person's own browser session, whose grant the client session shares. */
  sessionId: string
  /** 1 to 100 characters, no control characters. */
  name: string
  /** Its only end: a client may rest for as long as it likes in between. */
  expiresAt: Date
  readOnly: boolean
  /** The organizations it is narrowed to; null for all. */
  organizations: string[] | null
}

const namePattern = /^\P{Cc}{1,100}$/u

/** Throws RangeError for a name that cannot be shown and an end that is not in the future. */
export function checkClientSession({ name, expiresAt }: NewClientSession, now: Date): void {
  if (!namePattern.test(name)) throw new RangeError('The name of a client session has 1 to 100 characters')
  if (!(expiresAt > now)) throw new RangeError('A client session ends in the future')
}

/**
 * Starts the client session; null when the session it is made from has ended, is not this person's, or is no browser's:
 * a narrowed session cannot make itself a wider one. Inside a transaction only.
 */
export async function createClientSession(
  database: Database,
  { userId, sessionId, name, expiresAt, readOnly, organizations }: NewClientSession,
  now: Date,
): Promise<{ secret: string; session: Session } | null> {
  const grant = await database
    .selectFrom('grants')
    .innerJoin('sessions', 'sessions.grant_id', 'grants.id')
    .select('grants.id')
    .where('sessions.id', '=', sessionId)
    .where('sessions.kind', '=', 'browser')
    .where('sessions.idle_expires_at', '>', now.getTime())
    .where('grants.user_id', '=', userId)
    .forUpdate('grants')
    .executeTakeFirst()
  if (grant === undefined) return null
  const secret = createSecret()
  const session = await insertSession(
    database,
    {
      kind: 'client',
      secret,
      grant: { id: grant.id, userId },
      name,
      use: { userAgent: null, addressFamily: null },
      readOnly,
      organizations,
      idleExpiresAt: expiresAt,
      expiresAt,
    },
    now,
  )
  return { secret, session }
}
