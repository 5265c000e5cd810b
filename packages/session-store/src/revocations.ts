import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { SealedValueError } from './errors.ts'
import { openTokens, type TokenPair } from './grants.ts'
import type { SealedPlace, Sealing } from './sealing.ts'
import type { Database, GrantsTable, RevocationsTable } from './tables.ts'

/** A token pair that nobody uses any more and that Sentry is still to end. */
export interface OwedRevocation {
  id: string
  /** Either token of a pair names it: the refresh token, where there is one, since it outlives the other. */
  token: string
}

const minute = 60_000

/** A pair that Sentry issued and that no session will use. */
export interface UnusedPair {
  sentryHost: string
  tokens: TokenPair
}

/** Milliseconds until another try. The first is longer than a try takes, so that it is the claim as well. */
const pauses = { first: minute, longest: 60 * minute }

/** Milliseconds after which Sentry is not asked any more: seven days. */
const patience = 7 * 24 * 60 * minute

/**
 * Keeps what Sentry is to be told of grants that are being deleted: in the same transaction, so that no crash forgets it.
 * Tokens that do not open can be revoked by nobody, and keep nobody from signing out.
 */
export async function oweRevocations(
  database: Database,
  sealing: Sealing,
  grants: readonly Selectable<GrantsTable>[],
  now: Date,
): Promise<void> {
  if (grants.length === 0) return
  const hosts = await findHosts(database, grants)
  const rows = grants.flatMap((grant) => {
    const token = tryToOpen(() => tokenOf(openTokens(sealing, grant)))
    return token === null ? [] : [describe(sealing, grant, hosts.get(grant.user_id) ?? '', token, now)]
  })
  if (rows.length > 0) await database.insertInto('revocations').values(rows).execute()
}

/** Keeps that Sentry is to be told of a pair that no grant came of. */
export async function oweUnused(
  database: Database,
  sealing: Sealing,
  { sentryHost, tokens }: UnusedPair,
  now: Date,
): Promise<void> {
  const place = { id: randomUUID(), user_id: '' }
  await database
    .insertInto('revocations')
    .values(describe(sealing, place, sentryHost, tokenOf(tokens), now))
    .execute()
}

async function findHosts(database: Database, grants: readonly Selectable<GrantsTable>[]): Promise<Map<string, string>> {
  const userIds = [...new Set(grants.map((grant) => grant.user_id))]
  const users = await database.selectFrom('users').select(['id', 'sentry_host']).where('id', 'in', userIds).execute()
  return new Map(users.map((user) => [user.id, user.sentry_host]))
}

function tokenOf({ accessToken, refreshToken }: TokenPair): string {
  return refreshToken ?? accessToken
}

/** Null when no secret of ours opens it. */
function tryToOpen(open: () => string): string | null {
  try {
    return open()
  } catch (error) {
    if (error instanceof SealedValueError) return null
    throw error
  }
}

function describe(
  sealing: Sealing,
  { id, user_id }: OwedPlace,
  sentryHost: string,
  token: string,
  now: Date,
): RevocationsTable {
  return {
    id,
    user_id,
    sentry_host: sentryHost,
    token: sealOwed(sealing, { id, user_id }, token),
    attempts: 0,
    due_at: now.getTime(),
    pointless_at: now.getTime() + patience,
  }
}

/**
 * The next pair that this Sentry is to be told of, or null. Nobody else gets it until its pause is over, which is also
 * when it comes again unless it is settled. The clock is the process's own: two who disagree tell Sentry twice, which it
 * takes as once (RFC 7009 section 2.2).
 */
export async function claimRevocation(
  database: Database,
  sealing: Sealing,
  sentryHost: string,
  now: Date,
): Promise<OwedRevocation | null> {
  await forgetPointless(database, now)
  for (;;) {
    const row = await findDue(database, sentryHost, now)
    if (row === undefined) return null
    const token = (await postpone(database, row, now)) ? tryToOpen(() => openOwed(sealing, row)) : null
    if (token !== null) return { id: row.id, token }
  }
}

/** Also what is owed to a Sentry that is not configured any more. */
async function forgetPointless(database: Database, now: Date): Promise<void> {
  await database.deleteFrom('revocations').where('pointless_at', '<=', now.getTime()).execute()
}

function findDue(database: Database, sentryHost: string, now: Date) {
  return database
    .selectFrom('revocations')
    .selectAll()
    .where('sentry_host', '=', sentryHost)
    .where('due_at', '<=', now.getTime())
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
}

/** False when another process was faster. */
async function postpone(database: Database, { id, attempts }: RevocationsTable, now: Date): Promise<boolean> {
  const pause = Math.min(pauses.first * 2 ** attempts, pauses.longest)
  const { numUpdatedRows } = await database
    .updateTable('revocations')
    .set({ attempts: attempts + 1, due_at: now.getTime() + pause })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Forgets it: Sentry was told, or need not be. */
export async function settleRevocation(database: Database, id: string): Promise<void> {
  await database.deleteFrom('revocations').where('id', '=', id).execute()
}

type OwedPlace = Pick<RevocationsTable, 'id' | 'user_id'>

/** A token, sealed for the row of this id and user. */
export function sealOwed(sealing: Sealing, place: OwedPlace, token: string): string {
  return sealing.seal(token, placeOf(place))
}

/** The token of a row. Throws SealedValueError when it does not open. */
export function openOwed(sealing: Sealing, row: RevocationsTable): string {
  return sealing.open(row.token, placeOf(row))
}

function placeOf({ id, user_id }: OwedPlace): SealedPlace {
  return { table: 'revocations', column: 'token', grantId: id, userId: user_id }
}
