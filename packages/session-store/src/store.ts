import type { Transaction } from 'kysely'
import { openDatabase, type DatabaseLocation } from './database/open.ts'
import { reachDatabase, StoreUnavailableError } from './errors.ts'
import {
  deleteGrant,
  deleteGrantsOfUser,
  findGrant,
  insertGrant,
  replaceTokens,
  type Grant,
  type IssuedTokens,
} from './grants.ts'
import { migrate } from './migrations/migrate.ts'
import { createSealing, type Sealing } from './sealing.ts'
import { createSecret, isSecret } from './secret.ts'
import {
  deleteSession,
  deleteSessionOfSecret,
  findSession,
  insertSession,
  isExpired,
  recordUse,
  sweepSessions,
  type OpenedSession,
  type SessionLifetimes,
} from './sessions.ts'
import type { Database, Tables } from './tables.ts'
import { consumeState } from './used-states.ts'
import { upsertUser, type Profile } from './users.ts'

export type SessionStoreOptions = DatabaseLocation & {
  /** Secrets that seal the tokens: the first seals, all open. */
  secrets: readonly string[]
  /** Seconds after which an unused session ends. */
  idleTtl: number
  /** Seconds after which a session ends in any case. */
  absoluteTtl: number
  clock?: () => Date
  /**
   * Hears of what failed while nobody waited for it, such as an idle connection that broke; calls go on being answered.
   * Without it the process warns.
   */
  report?: (error: StoreUnavailableError) => void
}

/** A finished sign-in: who, with what, from which browser. */
export interface SignIn extends IssuedTokens {
  profile: Profile
  userAgent: string | null
  /** The session secret the browser held until now. */
  formerSecret?: string
}

/**
 * Users, grants and sessions. What a method acknowledges has reached the disk. Every method throws
 * StoreUnavailableError when the database does not answer, which never means that a session has ended.
 */
export interface SessionStore {
  /**
   * Keeps the user, a new grant and a new session in one transaction, and ends the browser's former session. The
   * returned secret opens the session; it is not kept and cannot be asked for again.
   */
  signIn(input: SignIn): Promise<{ secret: string; opened: OpenedSession }>
  /** The session of this secret; null when there is none or it has expired. Records its use at most once a minute. */
  openSession(secret: string): Promise<OpenedSession | null>
  /** Ends the session, and its grant when no other session uses it. */
  endSession(sessionId: string): Promise<void>
  /** Ends all sessions and grants of the user. */
  endAllSessions(userId: string): Promise<void>
  /** The grant with its tokens in clear. Throws SealedValueError when they do not open. */
  findGrant(grantId: string): Promise<Grant | null>
  /** Replaces the tokens if the grant still has this version; false when it was replaced or ended meanwhile. */
  replaceTokens(input: IssuedTokens & { grantId: string; version: number }): Promise<boolean>
  /** Ends the grant and its sessions if it still has this version; false when it was replaced or ended meanwhile. */
  endGrant(grantId: string, version: number): Promise<boolean>
  /** Records the state of a sign-in as used; false when it was used before or has expired. */
  consumeState(state: string, expiresAt: Date): Promise<boolean>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the store, creating the SQLite file (readable by its owner only) and the tables where they are missing; several
 * processes may do so at once. Throws UnsupportedSqliteError, StoreUnavailableError, and TypeError without a secret.
 */
export async function openSessionStore(options: SessionStoreOptions): Promise<SessionStore> {
  const { secrets, idleTtl, absoluteTtl, clock = () => new Date(), report = warn } = options
  const sealing = createSealing(secrets)
  const database = await openTables(options, report)
  return createStore({ database, sealing, clock, lifetimes: { idle: idleTtl * 1000, absolute: absoluteTtl * 1000 } })
}

function warn(error: StoreUnavailableError): void {
  process.emitWarning(error)
}

interface StoreParts {
  database: Database
  sealing: Sealing
  lifetimes: SessionLifetimes
  clock: () => Date
}

async function openTables(
  location: DatabaseLocation,
  report: (error: StoreUnavailableError) => void,
): Promise<Database> {
  return reachDatabase(async () => {
    const database = openDatabase(location, { report: (cause) => report(new StoreUnavailableError({ cause })) })
    try {
      await migrate(database)
    } catch (error) {
      await database.destroy()
      throw error
    }
    return database
  })
}

function createStore(parts: StoreParts): SessionStore {
  const { database, sealing, clock } = parts
  const inTransaction = <T>(operation: (transaction: Transaction<Tables>) => Promise<T>) =>
    reachDatabase(() => database.transaction().execute(operation))
  return {
    signIn: (input) => inTransaction((transaction) => signIn({ ...parts, database: transaction }, input)),
    openSession: (secret) => reachDatabase(() => openSession(parts, secret)),
    endSession: (sessionId) => inTransaction((transaction) => deleteSession(transaction, sessionId)),
    endAllSessions: (userId) => reachDatabase(() => deleteGrantsOfUser(database, userId)),
    findGrant: (grantId) => reachDatabase(() => findGrant(database, sealing, grantId)),
    replaceTokens: (input) => reachDatabase(() => replaceTokens(database, sealing, input, clock())),
    endGrant: (grantId, version) => reachDatabase(() => deleteGrant(database, grantId, version)),
    consumeState: (state, expiresAt) => reachDatabase(() => consumeState(database, state, expiresAt, clock())),
    ping: () => reachDatabase(() => ping(database)),
    close: () => reachDatabase(() => database.destroy()),
  }
}

async function signIn({ database, sealing, lifetimes, clock }: StoreParts, input: SignIn) {
  const now = clock()
  const secret = createSecret()
  const { profile, userAgent, formerSecret } = input
  const user = await upsertUser(database, profile, now)
  if (formerSecret !== undefined) await deleteSessionOfSecret(database, formerSecret)
  await sweepSessions(database, now)
  const grant = await insertGrant(database, sealing, user.id, input, now)
  const session = await insertSession(database, { secret, grant, userAgent }, lifetimes, now)
  return { secret, opened: { session, user, grant } }
}

async function openSession({ database, lifetimes, clock }: StoreParts, secret: string): Promise<OpenedSession | null> {
  if (!isSecret(secret)) return null
  const now = clock()
  const opened = await findSession(database, secret)
  if (opened === null) return null
  if (isExpired(opened.session, now)) {
    await database.transaction().execute((transaction) => deleteSession(transaction, opened.session.id))
    return null
  }
  return { ...opened, session: await recordUse(database, opened.session, lifetimes, now) }
}

async function ping(database: Database): Promise<void> {
  await database.selectFrom('users').select('id').limit(1).execute()
}
