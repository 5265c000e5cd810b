import { randomUUID } from 'node:crypto'
import type { InferResult, Selectable } from 'kysely'
import { shareInTurn } from './database/turn-snapshot.ts'
import { endUnusedGrants, type Ending } from './grant-ending.ts'
import { openTokens, readGrantFacts, type GrantFacts, type TokenPair } from './grants.ts'
import type { Sealing } from './sealing.ts'
import { hashSecret } from './secret.ts'
import type { Database, SessionsTable } from './tables.ts'
import { readUser, type User } from './users.ts'

/** Where a session is used from. */
export interface SessionUse {
  userAgent: string | null
  addressFamily: 'ipv4' | 'ipv6' | null
}

/**
 * A signed-in browser or a connected client. It ends at the earlier of `idleExpiresAt` and `expiresAt`. User agent and
 * address family are those of the last use.
 */
export interface Session extends SessionUse {
  id: string
  userId: string
  grantId: string
  kind: 'browser' | 'client'
  name: string | null
  /** Whether it may only read. */
  readOnly: boolean
  /** The organizations it is narrowed to; null for all. */
  organizations: string[] | null
  createdAt: Date
  lastUsedAt: Date
  /** The last time another user agent than before turned up; null when there was ever one only. */
  newAgent: { since: Date; formerUserAgent: string | null } | null
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

/** A session whose grant can be used without asking the database again. */
export interface UsableSession extends OpenedSession {
  /** The tokens of this version of the grant, in clear; they stay sealed until then. Throws SealedValueError. */
  openTokens: () => TokenPair
}

/** A session and what it opens, for the list of one person's. */
export type ListedSession = Pick<OpenedSession, 'session' | 'grant'>

/** How long sessions live unused and at all, in milliseconds. */
export interface SessionLifetimes {
  idle: number
  absolute: number
}

/** The longest user agent kept; what follows tells a person nothing. */
const userAgentLength = 512

/** Expired sessions that one sign-in clears away: enough to keep up, too few to be noticed. */
const sweepLimit = 100

/** A session to be started. */
export interface NewSession extends Pick<
  Session,
  'kind' | 'name' | 'readOnly' | 'organizations' | 'idleExpiresAt' | 'expiresAt'
> {
  secret: string
  grant: { id: string; userId: string }
  use: SessionUse
}

/** Starts a session on the grant. */
export async function insertSession(database: Database, session: NewSession, now: Date): Promise<Session> {
  const { secret, grant, kind, name, use, readOnly, organizations, idleExpiresAt, expiresAt } = session
  const row = await database
    .insertInto('sessions')
    .values({
      id: randomUUID(),
      grant_id: grant.id,
      secret_hash: hashSecret(secret),
      kind,
      name,
      user_agent: keptAgent(use.userAgent),
      address_family: use.addressFamily,
      former_user_agent: null,
      agent_changed_at: null,
      read_only: Number(readOnly),
      organizations: organizations === null ? null : JSON.stringify(organizations),
      created_at: now.getTime(),
      last_used_at: now.getTime(),
      idle_expires_at: idleExpiresAt.getTime(),
      expires_at: expiresAt.getTime(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return readSession(row, grant.userId)
}

/** Starts the session of a browser that has just signed in. */
export function insertBrowserSession(
  database: Database,
  session: Pick<NewSession, 'secret' | 'grant' | 'use'>,
  lifetimes: SessionLifetimes,
  now: Date,
): Promise<Session> {
  const expiresAt = new Date(now.getTime() + lifetimes.absolute)
  const idleExpiresAt = idleEnd({ kind: 'browser', expiresAt }, lifetimes, now)
  const described = { ...session, name: null, readOnly: false, organizations: null, idleExpiresAt, expiresAt }
  return insertSession(database, { kind: 'browser', ...described }, now)
}

/** When the session ends if it is not used after `now`. Only browsers are forgotten: a client's end is agreed. */
export function idleEnd(
  { kind, expiresAt }: Pick<Session, 'kind' | 'expiresAt'>,
  lifetimes: SessionLifetimes,
  now: Date,
): Date {
  return kind === 'client' ? expiresAt : new Date(Math.min(now.getTime() + lifetimes.idle, expiresAt.getTime()))
}

/** What is kept of a user agent. */
export function keptAgent(userAgent: string | null): string | null {
  return userAgent?.slice(0, userAgentLength) ?? null
}

/**
 * The session of this secret with its user and grant in one indexed read, expired or not. An incoming request's shares the
 * snapshot of its turn.
 */
export async function findSession(
  database: Database,
  sealing: Sealing,
  secret: string,
  { forRequest = false }: { forRequest?: boolean } = {},
): Promise<UsableSession | null> {
  const queries = sessionQueries.get(database) ?? compileSessionQueries(database)
  const query = forRequest ? queries.shared : queries.own
  const { rows } = await database.executeQuery<SessionRow>({ ...query, parameters: [hashSecret(secret)] })
  const [row] = rows
  if (row === undefined) return null
  return {
    session: readSession(row, row.user_id),
    user: readUser({ ...row, id: row.user_id, name: row.user_name, created_at: row.user_created_at }),
    grant: readGrantFacts({ ...row, id: row.grant_id, expires_at: row.grant_expires_at }),
    openTokens: () => openTokens(sealing, { ...row, id: row.grant_id }),
  }
}

type SessionQuery = ReturnType<typeof buildSessionQuery>
type SessionRow = InferResult<SessionQuery>[number]

interface SessionQueries {
  shared: SessionQuery
  own: SessionQuery
}

/** Every signed-in request asks this one question: it is written out once per database. */
const sessionQueries = new WeakMap<Database, SessionQueries>()

function compileSessionQueries(database: Database): SessionQueries {
  const queries = { shared: shareInTurn(buildSessionQuery(database)), own: buildSessionQuery(database) }
  sessionQueries.set(database, queries)
  return queries
}

function buildSessionQuery(database: Database) {
  return database
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .innerJoin('users', 'users.id', 'grants.user_id')
    .selectAll('sessions')
    .select(['grants.user_id', 'grants.issued_at', 'grants.scopes', 'grants.version', 'grants.organization_id'])
    .select(['grants.access_token', 'grants.refresh_token'])
    .select('grants.expires_at as grant_expires_at')
    .select(['users.sentry_host', 'users.sentry_id', 'users.name as user_name', 'users.email', 'users.username'])
    .select(['users.avatar_url', 'users.created_at as user_created_at', 'users.updated_at'])
    .where('sessions.secret_hash', '=', '')
    .compile()
}

export function isExpired(session: Session, now: Date): boolean {
  return session.idleExpiresAt <= now
}

/** The sessions of the user that have not expired, the last used first. */
export async function listSessions(database: Database, userId: string, now: Date): Promise<ListedSession[]> {
  const rows = await database
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .selectAll('sessions')
    .select(['grants.user_id', 'grants.issued_at', 'grants.scopes', 'grants.version', 'grants.organization_id'])
    .select('grants.expires_at as grant_expires_at')
    .where('grants.user_id', '=', userId)
    .where('sessions.idle_expires_at', '>', now.getTime())
    .orderBy('sessions.last_used_at', 'desc')
    .orderBy('sessions.id')
    .execute()
  return rows.map((row) => ({
    session: readSession(row, userId),
    grant: readGrantFacts({ ...row, id: row.grant_id, expires_at: row.grant_expires_at }),
  }))
}

/** Ends the session, and its grant when no other session uses it. Inside a transaction only. */
export async function deleteSession(ending: Ending, sessionId: string): Promise<void> {
  await deleteSessionWhere(ending, 'id', sessionId)
}

/** Ends the session if it is this user's; false when it is not, or has ended. Inside a transaction only. */
export function deleteSessionOfUser(ending: Ending, userId: string, sessionId: string): Promise<boolean> {
  return deleteSessionWhere(ending, 'id', sessionId, userId)
}

/** Ends the session of this secret, if there is one, and its grant when no other uses it. Inside a transaction only. */
export async function deleteSessionOfSecret(ending: Ending, secret: string): Promise<void> {
  await deleteSessionWhere(ending, 'secret_hash', hashSecret(secret))
}

/**
 * Whoever adds a session to a grant or ends one holds the row of the grant first: otherwise two that end the last two
 * sessions at once would each see the other's and both leave the grant behind.
 */
async function deleteSessionWhere(
  ending: Ending,
  column: 'id' | 'secret_hash',
  value: string,
  ownerId?: string,
): Promise<boolean> {
  const { database } = ending
  const grant = await database
    .selectFrom('grants')
    .innerJoin('sessions', 'sessions.grant_id', 'grants.id')
    .select('grants.id')
    .where(`sessions.${column}`, '=', value)
    .$if(ownerId !== undefined, (query) => query.where('grants.user_id', '=', ownerId ?? ''))
    .forUpdate('grants')
    .executeTakeFirst()
  if (grant === undefined) return false
  const { numDeletedRows } = await database.deleteFrom('sessions').where(column, '=', value).executeTakeFirstOrThrow()
  await endUnusedGrants(ending, [grant.id])
  return numDeletedRows === 1n
}

/**
 * Clears away some of the expired sessions that nobody will open again, and their grants. Leaves those alone that
 * another process holds, and so waits for nobody. Inside a transaction only.
 */
export async function sweepSessions(ending: Ending): Promise<void> {
  const { database, now } = ending
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
  await endUnusedGrants(ending, grantIds)
}

function readSession(row: Omit<Selectable<SessionsTable>, 'secret_hash'>, userId: string): Session {
  return {
    id: row.id,
    userId,
    grantId: row.grant_id,
    kind: row.kind,
    name: row.name,
    userAgent: row.user_agent,
    addressFamily: row.address_family,
    readOnly: row.read_only === 1,
    organizations: row.organizations === null ? null : (JSON.parse(row.organizations) as string[]),
    createdAt: new Date(row.created_at),
    lastUsedAt: new Date(row.last_used_at),
    newAgent:
      row.agent_changed_at === null
        ? null
        : { since: new Date(row.agent_changed_at), formerUserAgent: row.former_user_agent },
    idleExpiresAt: new Date(row.idle_expires_at),
    expiresAt: new Date(row.expires_at),
  }
}
