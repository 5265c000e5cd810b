import type { RawBuilder, Transaction } from 'kysely'
import {
  checkClientSession,
  createClientSession,
  insertClientSession,
  type ClientSessionTerms,
  type NewClientSession,
} from './client-sessions.ts'
import { openDatabase, type DatabaseLocation, type OpenedDatabase } from './database/open.ts'
import { reachDatabase, StoreUnavailableError } from './errors.ts'
import { endGrantsOfUser, type Ending } from './grant-ending.ts'
import {
  deleteGrant,
  findGrant,
  insertGrant,
  replaceTokens,
  type Grant,
  type IssuedTokens,
  type NewGrant,
} from './grants.ts'
import { migrate } from './migrations/migrate.ts'
import {
  claimRefresh,
  confirmUnspent,
  releaseRefresh,
  type RefreshClaim,
  type RefreshRelease,
  type RefreshRequest,
} from './refresh.ts'
import { resealAll, type Resealing } from './resealing.ts'
import { claimRevocation, oweUnused, settleRevocation, type OwedRevocation, type UnusedPair } from './revocations.ts'
import { createSealing, type Sealing } from './sealing.ts'
import { createSecret, isSecret } from './secret.ts'
import { createUseRecorder, type RecordUse } from './session-use.ts'
import {
  deleteSession,
  deleteSessionOfSecret,
  deleteSessionOfUser,
  findSession,
  insertBrowserSession,
  isExpired,
  listSessions,
  sweepSessions,
  type ListedSession,
  type OpenedSession,
  type Session,
  type SessionLifetimes,
  type SessionUse,
  type UsableSession,
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
export interface SignIn extends NewGrant {
  profile: Profile
  userAgent: string | null
  addressFamily?: SessionUse['addressFamily']
  /** The session secret the browser held until now. */
  formerSecret?: string
  /** For a device that has no browser: what its session is to be. Without it the session is a browser's. */
  client?: ClientSessionTerms
}

/**
 * Users, grants and sessions. What a method acknowledges has reached the disk. Every method throws
 * StoreUnavailableError when the database does not answer, which never means that a session has ended.
 */
export interface SessionStore {
  /**
   * Keeps the user, a new grant and a new session in one transaction, and ends the browser's former session as endSession
   * does. The returned secret opens the session; it is not kept and cannot be asked for again. Throws RangeError for an
   * impossible name or end of a client.
   */
  signIn(input: SignIn): Promise<{ secret: string; opened: OpenedSession }>
  /**
   * The session of this secret, in one indexed read; null when there is none or it has expired. Records where it is used from, at most once a
   * minute or when the user agent is another; with a database that can only be read it answers all the same.
   */
  openSession(secret: string, use?: SessionUse): Promise<(UsableSession & { isNewAgent: boolean }) | null>
  /** The same, and no use of it: whoever looks again and again by themselves keeps no session alive. */
  peekSession(secret: string): Promise<UsableSession | null>
  /**
   * Makes a session for a client beside the person's own browser session. The secret is not kept and cannot be asked for
   * again. Null when that browser session has ended or is somebody else's. Throws RangeError for an impossible name or end.
   */
  createClientSession(input: NewClientSession): Promise<{ secret: string; session: Session } | null>
  /** The sessions of the user that have not ended, the last used first. */
  listSessions(userId: string): Promise<ListedSession[]>
  /** Ends one session of the user, and its grant when no other session uses it; false when the user has no such session. */
  revokeSession(userId: string, sessionId: string): Promise<boolean>
  /** Ends the session, and its grant when no other session uses it; Sentry is to be told of that (claimRevocation). */
  endSession(sessionId: string): Promise<void>
  /** Ends all sessions and grants of the user; Sentry is to be told of them (claimRevocation). */
  endAllSessions(userId: string): Promise<void>
  /** The grant with its tokens in clear. Throws SealedValueError when they do not open. */
  findGrant(grantId: string): Promise<Grant | null>
  /**
   * Claims the refresh of this version, across processes: exactly one caller hears `claimed` at a time, and no refresh
   * token is handed out more than twice (docs/decisions/0006-one-refresh-by-lease.md).
   */
  claimRefresh(request: RefreshRequest): Promise<RefreshClaim>
  /** Gives a claim up without new tokens. Does nothing when the claim has passed to somebody else. */
  releaseRefresh(release: RefreshRelease): Promise<void>
  /** Says that Sentry has taken the access token of this version since the last attempt to refresh it: it may be tried again. */
  confirmUnspent(grantId: string, version: number): Promise<void>
  /** Seals with the first secret what was sealed with another, while gateways run. */
  resealAll(): Promise<Resealing>
  /** Replaces the tokens if the grant still has this version, whoever claimed it; false when it was replaced or ended. */
  replaceTokens(input: IssuedTokens & { grantId: string; version: number }): Promise<boolean>
  /** Ends the grant and its sessions if it still has this version; false when it was replaced or ended meanwhile. */
  endGrant(grantId: string, version: number): Promise<boolean>
  /** Keeps that Sentry is to be told of a pair that nobody will use, and that no grant came of (claimRevocation). */
  oweRevocation(pair: UnusedPair): Promise<void>
  /**
   * The pair that nobody uses any more and that this Sentry is still to be told of; null when there is none that is
   * due. It is nobody else's for a minute, and comes again, ever more rarely and for seven days, until it is settled.
   */
  claimRevocation(sentryHost: string): Promise<OwedRevocation | null>
  /** Forgets a pair: Sentry was told, or cannot be. */
  settleRevocation(id: string): Promise<void>
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
  const lifetimes = { idle: idleTtl * 1000, absolute: absoluteTtl * 1000 }
  const { database, clock: databaseClock } = await openTables(options, report)
  return createStore({
    database,
    databaseClock,
    sealing,
    lifetimes,
    clock,
    report,
    recordUse: createUseRecorder({ lifetimes, report }),
  })
}

function warn(error: StoreUnavailableError): void {
  process.emitWarning(error)
}

interface StoreParts {
  database: Database
  sealing: Sealing
  databaseClock: RawBuilder<number>
  lifetimes: SessionLifetimes
  clock: () => Date
  report: (error: StoreUnavailableError) => void
  recordUse: RecordUse
}

async function openTables(
  location: DatabaseLocation,
  report: (error: StoreUnavailableError) => void,
): Promise<OpenedDatabase> {
  return reachDatabase(async () => {
    const opened = await openDatabase(location, { report: (cause) => report(new StoreUnavailableError({ cause })) })
    try {
      await migrate(opened.database)
    } catch (error) {
      await opened.database.destroy()
      throw error
    }
    return opened
  })
}

function createStore(parts: StoreParts): SessionStore {
  const { database, databaseClock, sealing, clock } = parts
  const inTransaction = <T>(operation: (transaction: Transaction<Tables>) => Promise<T>) =>
    reachDatabase(() => database.transaction().execute(operation))
  const whileEnding = <T>(operation: (ending: Ending) => Promise<T>) =>
    inTransaction((transaction) => operation({ database: transaction, sealing, now: clock() }))
  return {
    async signIn(input) {
      if (input.client !== undefined) checkClientSession(input.client, clock())
      return inTransaction((transaction) => signIn({ ...parts, database: transaction }, input))
    },
    openSession: (secret, use) => reachDatabase(() => openSession(parts, secret, use ?? null)),
    peekSession: (secret) => reachDatabase(() => findLivingSession(parts, secret, { forRequest: false })),
    async createClientSession(input) {
      const now = clock()
      checkClientSession(input, now)
      return inTransaction((transaction) => createClientSession(transaction, input, now))
    },
    listSessions: (userId) => reachDatabase(() => listSessions(database, userId, clock())),
    revokeSession: (userId, sessionId) => whileEnding((ending) => deleteSessionOfUser(ending, userId, sessionId)),
    endSession: (sessionId) => whileEnding((ending) => deleteSession(ending, sessionId)),
    endAllSessions: (userId) => whileEnding((ending) => endGrantsOfUser(ending, userId)),
    findGrant: (grantId) => reachDatabase(() => findGrant(database, sealing, grantId)),
    claimRefresh: (request) => reachDatabase(() => claimRefresh(database, sealing, databaseClock, request)),
    releaseRefresh: (release) => reachDatabase(() => releaseRefresh(database, release)),
    confirmUnspent: (grantId, version) =>
      reachDatabase(() => confirmUnspent(database, databaseClock, grantId, version)),
    resealAll: () => reachDatabase(() => resealAll(database, sealing)),
    replaceTokens: (input) => reachDatabase(() => replaceTokens(database, sealing, input, clock())),
    oweRevocation: (pair) => reachDatabase(() => oweUnused(database, sealing, pair, clock())),
    claimRevocation: (sentryHost) => reachDatabase(() => claimRevocation(database, sealing, sentryHost, clock())),
    settleRevocation: (id) => reachDatabase(() => settleRevocation(database, id)),
    endGrant: (grantId, version) => reachDatabase(() => deleteGrant(database, grantId, version)),
    consumeState: (state, expiresAt) => reachDatabase(() => consumeState(database, state, expiresAt, clock())),
    ping: () => reachDatabase(() => ping(database)),
    close: () => reachDatabase(() => database.destroy()),
  }
}

async function signIn({ database, sealing, lifetimes, clock }: StoreParts, input: SignIn) {
  const now = clock()
  const ending = { database, sealing, now }
  const secret = createSecret()
  const { profile, userAgent, addressFamily = null, formerSecret, client } = input
  const user = await upsertUser(database, profile, now)
  if (formerSecret !== undefined) await deleteSessionOfSecret(ending, formerSecret)
  await sweepSessions(ending)
  const grant = await insertGrant(database, sealing, user.id, input, now)
  const started = { secret, grant, use: { userAgent, addressFamily } }
  const session =
    client === undefined
      ? await insertBrowserSession(database, started, lifetimes, now)
      : await insertClientSession(database, started, client, now)
  return { secret, opened: { session, user, grant } }
}

async function openSession(parts: StoreParts, secret: string, use: SessionUse | null) {
  const { database, clock, recordUse } = parts
  const opened = await findLivingSession(parts, secret, { forRequest: true })
  return opened && { ...opened, ...(await recordUse(database, opened.session, use, clock())) }
}

async function findLivingSession(
  parts: StoreParts,
  secret: string,
  purpose: { forRequest: boolean },
): Promise<UsableSession | null> {
  if (!isSecret(secret)) return null
  const { database, sealing, clock } = parts
  const opened = await findSession(database, sealing, secret, purpose)
  if (opened === null || !isExpired(opened.session, clock())) return opened
  await clearAway(parts, opened.session)
  return null
}

/** Expired is expired, also when the row cannot be deleted now: the next one who comes tries again. */
async function clearAway({ database, sealing, clock, report }: StoreParts, { id }: Session): Promise<void> {
  const now = clock()
  try {
    await database.transaction().execute((transaction) => deleteSession({ database: transaction, sealing, now }, id))
  } catch (error) {
    report(new StoreUnavailableError({ cause: error }))
  }
}

async function ping(database: Database): Promise<void> {
  await database.selectFrom('users').select('id').limit(1).execute()
}
