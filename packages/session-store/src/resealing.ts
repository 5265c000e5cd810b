import { setImmediate } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import { SealedValueError } from './errors.ts'
import { openTokens, sealTokens } from './grants.ts'
import type { Sealing } from './sealing.ts'
import type { Database, GrantsTable } from './tables.ts'

/** What became of the grants that were sealed with a former secret. */
export interface Resealing {
  resealed: number
  /** Refreshed, re-sealed by somebody else or ended in the meantime: nothing was left to do. */
  changed: number
  /** Left as they are, because their secret is not configured or they were altered. */
  unreadable: number
}

/** Grants that are read at once. */
const batchSize = 100

/**
 * Seals with the first secret what was sealed with another. Each grant is replaced only if it is still what was read, so
 * that it may run beside gateways, twice and several times at once.
 */
export async function resealGrants(database: Database, sealing: Sealing): Promise<Resealing> {
  const counts: Resealing = { resealed: 0, changed: 0, unreadable: 0 }
  for (let after = ''; ;) {
    const batch = await findFormerlySealed(database, sealing, after)
    for (const row of batch) counts[await reseal(database, sealing, row)] += 1
    const last = batch.at(-1)
    if (last === undefined) return counts
    after = last.id
    // node:sqlite answers synchronously: without this the process would serve nobody until the last batch.
    await setImmediate()
  }
}

function findFormerlySealed(database: Database, sealing: Sealing, after: string): Promise<Selectable<GrantsTable>[]> {
  const { prefix } = sealing
  return database
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
    .execute()
}

async function reseal(database: Database, sealing: Sealing, row: Selectable<GrantsTable>): Promise<keyof Resealing> {
  const sealed = sealAgain(sealing, row)
  if (sealed === null) return 'unreadable'
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .set(sealed)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('access_token', '=', row.access_token)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n ? 'resealed' : 'changed'
}

function sealAgain(sealing: Sealing, row: Selectable<GrantsTable>) {
  try {
    return sealTokens(sealing, { id: row.id, userId: row.user_id }, openTokens(sealing, row))
  } catch (error) {
    if (error instanceof SealedValueError) return null
    throw error
  }
}
