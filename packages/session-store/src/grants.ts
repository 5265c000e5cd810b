import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { SealedPlace, Sealing } from './sealing.ts'
import type { Database, GrantsTable } from './tables.ts'

/** What Sentry accepts from us in the user's name, in clear. */
export interface TokenPair {
  accessToken: string
  refreshToken: string | null
}

/** Tokens as Sentry issued them. `expiresAt` is null when the access token does not expire. */
export interface IssuedTokens {
  tokens: TokenPair
  expiresAt: Date | null
  scopes: string[]
}

/** One authorization of a user at Sentry. `version` grows by one whenever the tokens are replaced. */
export interface Grant extends IssuedTokens {
  id: string
  userId: string
  issuedAt: Date
  version: number
  /** The one organization it is good for at Sentry; null for all of the user's. A refresh does not change it. */
  organizationId: string | null
}

/** A grant without its tokens: what a request needs to know before it asks for them. */
export type GrantFacts = Omit<Grant, 'tokens'>

/** What a sign-in brings: tokens, and what they are bound to. */
export interface NewGrant extends IssuedTokens {
  organizationId?: string | null
}

/** Stores a new grant of the user, its tokens sealed. */
export async function insertGrant(
  database: Database,
  sealing: Sealing,
  userId: string,
  issued: NewGrant,
  now: Date,
): Promise<GrantFacts> {
  const id = randomUUID()
  const { organizationId = null } = issued
  const row = await database
    .insertInto('grants')
    .values({
      id,
      user_id: userId,
      organization_id: organizationId,
      version: 1,
      ...describeTokens(sealing, { id, userId }, issued, now),
    })
    .returning(['id', 'user_id', 'issued_at', 'expires_at', 'scopes', 'organization_id', 'version'])
    .executeTakeFirstOrThrow()
  return readGrantFacts(row)
}

/** The grant with its tokens opened. Throws SealedValueError when they do not open. */
export async function findGrant(database: Database, sealing: Sealing, grantId: string): Promise<Grant | null> {
  const row = await database.selectFrom('grants').selectAll().where('id', '=', grantId).executeTakeFirst()
  return row === undefined ? null : readGrant(sealing, row)
}

/** Replaces the tokens of exactly this version; false when it has been replaced or ended meanwhile. */
export async function replaceTokens(
  database: Database,
  sealing: Sealing,
  { grantId, version, ...issued }: IssuedTokens & { grantId: string; version: number },
  now: Date,
): Promise<boolean> {
  const owner = await database.selectFrom('grants').select('user_id').where('id', '=', grantId).executeTakeFirst()
  if (owner === undefined) return false
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .set({
      version: version + 1,
      refresh_claim: null,
      refresh_lease_until: null,
      refresh_attempts: 0,
      ...describeTokens(sealing, { id: grantId, userId: owner.user_id }, issued, now),
    })
    .where('id', '=', grantId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends exactly this version of the grant, and with it its sessions; false when it has been replaced or ended. */
export async function deleteGrant(database: Database, grantId: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('grants')
    .where('id', '=', grantId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Ends all grants of the user, and with them all sessions; they are returned as they were at their end. */
export function deleteGrantsOfUser(database: Database, userId: string): Promise<Selectable<GrantsTable>[]> {
  return database.deleteFrom('grants').where('user_id', '=', userId).returningAll().execute()
}

/**
 * Ends those of these grants that no session uses any more, and returns them as they were at their end. The transaction
 * holds them, see sessions.ts.
 */
export async function deleteUnusedGrants(
  database: Database,
  grantIds: readonly string[],
): Promise<Selectable<GrantsTable>[]> {
  if (grantIds.length === 0) return []
  return database
    .deleteFrom('grants')
    .where('id', 'in', grantIds)
    .where((where) =>
      where.not(
        where.exists(
          where.selectFrom('sessions').select('sessions.id').whereRef('sessions.grant_id', '=', 'grants.id'),
        ),
      ),
    )
    .returningAll()
    .execute()
}

/** The row with its tokens opened. Throws SealedValueError when they do not open. */
export function readGrant(sealing: Sealing, row: Selectable<GrantsTable>): Grant {
  return { ...readGrantFacts(row), tokens: openTokens(sealing, row) }
}

type FactColumns = 'id' | 'user_id' | 'issued_at' | 'expires_at' | 'scopes' | 'organization_id' | 'version'

export function readGrantFacts(row: Pick<Selectable<GrantsTable>, FactColumns>): GrantFacts {
  return {
    id: row.id,
    userId: row.user_id,
    issuedAt: new Date(row.issued_at),
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    version: row.version,
    organizationId: row.organization_id,
  }
}

function describeTokens(
  sealing: Sealing,
  place: { id: string; userId: string },
  { tokens, expiresAt, scopes }: IssuedTokens,
  now: Date,
) {
  return {
    ...sealTokens(sealing, place, tokens),
    issued_at: now.getTime(),
    expires_at: expiresAt === null ? null : expiresAt.getTime(),
    scopes: scopes.join(' '),
  }
}

/** The columns of a token pair, sealed for the grant of this id and user. */
export function sealTokens(sealing: Sealing, { id, userId }: { id: string; userId: string }, tokens: TokenPair) {
  const { accessToken, refreshToken } = tokens
  return {
    access_token: sealing.seal(accessToken, tokenPlace('access_token', id, userId)),
    refresh_token: refreshToken === null ? null : sealing.seal(refreshToken, tokenPlace('refresh_token', id, userId)),
  }
}

type TokenColumns = 'id' | 'user_id' | 'access_token' | 'refresh_token'

/** The token pair of a row. Throws SealedValueError when it does not open. */
export function openTokens(sealing: Sealing, row: Pick<Selectable<GrantsTable>, TokenColumns>): TokenPair {
  const { id, user_id: userId, access_token: accessToken, refresh_token: refreshToken } = row
  return {
    accessToken: sealing.open(accessToken, tokenPlace('access_token', id, userId)),
    refreshToken: refreshToken === null ? null : sealing.open(refreshToken, tokenPlace('refresh_token', id, userId)),
  }
}

function tokenPlace(column: 'access_token' | 'refresh_token', grantId: string, userId: string): SealedPlace {
  return { table: 'grants', column, grantId, userId }
}
