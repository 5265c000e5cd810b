import { setImmediate } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import { SealedValueError } from './errors.ts'
import { openTokens, sealTokens } from './grants.ts'
import { openOwed, sealOwed } from './revocations.ts'
import type { Sealing } from './sealing.ts'
import type { Database, GrantsTable, RevocationsTable } from './tables.ts'

/** What became of the rows that were sealed with a former secret: grants, and pairs that Sentry is still to revoke. */
export interface Resealing {
  resealed: number
  /** Refreshed, re-sealed by somebody else or ended in the meantime: nothing was left to do. */
  changed: number
  /** Left as they are, because their secret is not configured or they were altered. */
  unreadable: number
}

/** A table whose rows hold something sealed. */
interface SealedRows<Row extends { id: string }> {
  /** The next rows in the order of their ids that another secret than the first has sealed. */
  findFormer: (after: string) => Promise<Row[]>
  /** False when the row is not what was read any more. Throws SealedValueError when it does not open. */
  sealAgain: (row: Row) => Promise<boolean>
}

/** Rows that are read at once. */
const batchSize = 100

/**
 * Seals with the first secret what was sealed with another. Each row is replaced only if it is still what was read, so that
 * it may run beside gateways, twice and several times at once.
 */
export async function resealAll(database: Database, sealing: Sealing): Promise<Resealing> {
  const counts: Resealing = { resealed: 0, changed: 0, unreadable: 0 }
  await resealRows(sealedGrants(database, sealing), counts)
  await resealRows(sealedRevocations(database, sealing), counts)
  return counts
}

async function resealRows<Row extends { id: string }>(rows: SealedRows<Row>, counts: Resealing): Promise<void> {
  for (let after = ''; ;) {
    const batch = await rows.findFormer(after)
    for (const row of batch) counts[await reseal(rows, row)] += 1
    const last = batch.at(-1)
    if (last === undefined) return
    after = last.id
    // node:sqlite answers synchronously: without this the process would serve nobody until the last batch.
    await setImmediate()
  }
}

async function reseal<Row extends { id: string }>(rows: SealedRows<Row>, row: Row): Promise<keyof Resealing> {
  try {
    return (await rows.sealAgain(row)) ? 'resealed' : 'changed'
  } catch (error) {
    if (error instanceof SealedValueError) return 'unreadable'
    throw error
  }
}

function sealedGrants(database: Database, sealing: Sealing): SealedRows<Selectable<GrantsTable>> {
  const { prefix } = sealing
  return {
    findFormer: (after) =>
      database
        .selectFrom('grants')
        .selectAll()
        .where('id', '>', after)
        .where((where) => {
          const isFormer = (column: 'access_token' | 'refresh_token') =>
            where(where.fn('substr', [column, where.lit(1), where.lit(prefix.length)]), '<>', prefix)
          return where.or([isFormer('access_token'), isFormer('refresh_token')])
        })
        .orderBy('id')
        .limit(batchSize)
        .execute(),
    async sealAgain(row) {
      const { numUpdatedRows } = await database
        .updateTable('grants')
        .set(sealTokens(sealing, { id: row.id, userId: row.user_id }, openTokens(sealing, row)))
        .where('id', '=', row.id)
        .where('version', '=', row.version)
        .where('access_token', '=', row.access_token)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function sealedRevocations(database: Database, sealing: Sealing): SealedRows<RevocationsTable> {
  const { prefix } = sealing
  return {
    findFormer: (after) =>
      database
        .selectFrom('revocations')
        .selectAll()
        .where('id', '>', after)
        .where((where) => where(where.fn('substr', ['token', where.lit(1), where.lit(prefix.length)]), '<>', prefix))
        .orderBy('id')
        .limit(batchSize)
        .execute(),
    async sealAgain(row) {
      const { numUpdatedRows } = await database
        .updateTable('revocations')
        .set({ token: sealOwed(sealing, row, openOwed(sealing, row)) })
        .where('id', '=', row.id)
        .where('token', '=', row.token)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}
