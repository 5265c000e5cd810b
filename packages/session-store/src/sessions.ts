import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { deleteUnusedGrants, readGrantFacts, type GrantFacts } from './grants.ts'
import { hashSecret } from './secret.ts'
import type { Database, SessionsTable } from './tables.ts'
import { readUser, type User } from './users.ts'

/** A signed-in browser or a connected client. It ends at the earlier of `idleExpiresAt` and `expiresAt`. */
export interface Session {
  id: string
  userId: string
  grantId: string
  kind: 'browser' | 'client'
  name: string | null
  userAgent: string | null
  createdAt: Date
  lastUsedAt: Date
  /** Moves on with use, never beyond `expiresAt`. */
  idleExpiresAt: Date
  /** Absolute: use does not move it. */
  expiresAt: Date
}

/** A session with whom and what it opens, the tokens left out. */
export interface OpenedSession {
  session: Session
  user: User
  grant: GrantFacts
}

/** How long sessions live unused and at all, in milliseconds. */
export interface SessionLifetimes {
  idle: number
  absolute: number
}

/** The longest user agent kept; what follows tells a person nothing. */
const userAgentLength = 512

/** Expired sessions that one sign-in clears away: enough to keep up, too few to be noticed. */
const sweepLimit = 100

/** A use is recorded at most this often, in milliseconds: a read that writes every time would not scale. */
const useInterval = 60_000

/** Starts a browser session on the grant. */
export async function insertSession(
  database: Database,
  { secret, grant, userAgent }: { secret: string; grant: GrantFacts; userAgent: string | null },
  lifetimes: SessionLifetimes,
  now: Date,
): Promise<Session> {
  const expiresAt = now.getTime() + lifetimes.absolute
  const row = await database
    .insertInto('sessions')
    .values({
      id: randomUUID(),
      grant_id: grant.id,
      secret_hash: hashSecret(secret),
      kind: 'browser',
      name: null,
      user_agent: userAgent?.slice(0, userAgentLength) ?? null,
      created_at: now.getTime(),
      expires_at: expiresAt,
      ...describeUse(expiresAt, lifetimes, now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return readSession(row, grant.userId)
}

/** The session of this secret with its user and grant in one indexed read, expired or not. */
export async function findSession(database: Database, secret: string): Promise<OpenedSession | null> {
  const row = await database
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .innerJoin('users', 'users.id', 'grants.user_id')
    .selectAll('sessions')
    .select(['grants.user_id', 'grants.issued_at', 'grants.scopes', 'grants.version'])
    .select('grants.expires_at as grant_expires_at')
    .select(['users.sentry_host', 'users.sentry_id', 'users.name as user_name', 'users.email', 'users.username'])
    .select(['users.avatar_url', 'users.created_at as user_created_at', 'users.updated_at'])
    .where('sessions.secret_hash', '=', hashSecret(secret))
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    session: readSession(row, row.user_id),
    user: readUser({ ...row, id: row.user_id, name: row.user_name, created_at: row.user_created_at }),
    grant: readGrantFacts({ ...row, id: row.grant_id, expires_at: row.grant_expires_at }),
  }
}

export function isExpired(session: Session, now: Date): boolean {
  return session.idleExpiresAt <= now
}

/** Records that the session is in use, at most once a minute (or more often where the idle time is that short). */
export async function recordUse(
  database: Database,
  session: Session,
  lifetimes: SessionLifetimes,
  now: Date,
): Promise<Session> {
  const interval = Math.min(useInterval, lifetimes.idle / 10)
  if (now.getTime() - session.lastUsedAt.getTime() < interval) return session
  const use = describeUse(session.expiresAt.getTime(), lifetimes, now)
  await database.updateTable('sessions').set(use).where('id', '=', session.id).execute()
  return { ...session, lastUsedAt: new Date(use.last_used_at), idleExpiresAt: new Date(use.idle_expires_at) }
}

/** Ends the session, and its grant when no other session uses it. Inside a transaction only. */
export async function deleteSession(database: Database, sessionId: string): Promise<void> {
  await deleteSessionWhere(database, 'id', sessionId)
}

/** Ends the session of this secret, if there is one, and its grant when no other uses it. Inside a transaction only. */
export async function deleteSessionOfSecret(database: Database, secret: string): Promise<void> {
  await deleteSessionWhere(database, 'secret_hash', hashSecret(secret))
}

/**
 * Whoever adds a session to a grant or ends one holds the row of the grant first: otherwise two that end the last two
 * sessions at once would each see the other's and both leave the grant behind.
 */
async function deleteSessionWhere(database: Database, column: 'id' | 'secret_hash', value: string): Promise<void> {
  const grant = await database
    .selectFrom('grants')
    .innerJoin('sessions', 'sessions.grant_id', 'grants.id')
    .select('grants.id')
    .where(`sessions.${column}`, '=', value)
    .forUpdate('grants')
    .executeTakeFirst()
  if (grant === undefined) return
  await database.deleteFrom('sessions').where(column, '=', value).execute()
  await deleteUnusedGrants(database, [grant.id])
}

/**
 * Clears away some of the expired sessions that nobody will open again, and their grants. Leaves those alone that
 * another process holds, and so waits for nobody. Inside a transaction only.
 */
export async function sweepSessions(database: Database, now: Date): Promise<void> {
  const grants = await database
    .selectFrom('grants')
    .select('id')
    .where('id', 'in', (where) =>
      where.selectFrom('sessions').select('grant_id').where('idle_expires_at', '<=', now.getTime()).limit(sweepLimit),
    )
    .forUpdate()
    .skipLocked()
    .execute()
  const grantIds = grants.map(({ id }) => id)
  if (grantIds.length === 0) return
  await database
    .deleteFrom('sessions')
    .where('grant_id', 'in', grantIds)
    .where('idle_expires_at', '<=', now.getTime())
    .execute()
  await deleteUnusedGrants(database, grantIds)
}

function describeUse(expiresAt: number, lifetimes: SessionLifetimes, now: Date) {
  return { last_used_at: now.getTime(), idle_expires_at: Math.min(now.getTime() + lifetimes.idle, expiresAt) }
}

function readSession(row: Omit<Selectable<SessionsTable>, 'secret_hash'>, userId: string): Session {
  return {
    id: row.id,
    userId,
    grantId: row.grant_id,
    kind: row.kind,
    name: row.name,
    userAgent: row.user_agent,
    createdAt: new Date(row.created_at),
    lastUsedAt: new Date(row.last_used_at),
    idleExpiresAt: new Date(row.idle_expires_at),
    expiresAt: new Date(row.expires_at),
  }
}
