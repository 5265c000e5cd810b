import { createSecret } from './secret.ts'
import { insertSession, type NewSession, type Session } from './sessions.ts'
import type { Database } from './tables.ts'

/** What a client session is to be. */
export interface ClientSessionTerms {
  /** 1 to 100 characters, no control characters. */
  name: string
  /** Its only end: a client may rest for as long as it likes in between. */
  expiresAt: Date
  readOnly: boolean
  /** The organizations it is narrowed to; null for all. */
  organizations: string[] | null
}

/** A session that a person makes for a script or another application, from the browser they are signed in with. */
export interface NewClientSession extends ClientSessionTerms {
  userId: string
  /** The person's own browser session, whose grant the client session shares. */
  sessionId: string
}

const namePattern = /^\P{Cc}{1,100}$/u

/** Throws RangeError for a name that cannot be shown and an end that is not in the future. */
export function checkClientSession({ name, expiresAt }: ClientSessionTerms, now: Date): void {
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
  const terms = { name, expiresAt, readOnly, organizations }
  const use = { userAgent: null, addressFamily: null }
  return {
    secret,
    session: await insertClientSession(database, { secret, grant: { id: grant.id, userId }, use }, terms, now),
  }
}

/** Starts a client session on the grant. */
export function insertClientSession(
  database: Database,
  session: Pick<NewSession, 'secret' | 'grant' | 'use'>,
  terms: ClientSessionTerms,
  now: Date,
): Promise<Session> {
  return insertSession(database, { ...session, ...terms, kind: 'client', idleExpiresAt: terms.expiresAt }, now)
}
