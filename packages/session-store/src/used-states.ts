import { hashSecret } from './secret.ts'
import type { Database } from './tables.ts'

/** Expired records that one sign-in clears away: more than it adds. */
const sweepLimit = 100

/**
 * Records the state of a sign-in as used; false when it was used before or has expired. The one insert decides, so of
 * two processes that ask at once one hears true (RFC 9700 section 4.7.1: a state is for one use).
 *
 * A record is needed only until the state expires: after that it is refused for its age, and the record is swept.
 */
export async function consumeState(database: Database, state: string, expiresAt: Date, now: Date): Promise<boolean> {
  await sweepStates(database, now)
  if (expiresAt <= now) return false
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('used_states')
    .values({ state_hash: hashSecret(state), expires_at: expiresAt.getTime() })
    .onConflict((conflict) => conflict.column('state_hash').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** A bounded part, and nothing that another process is sweeping. */
async function sweepStates(database: Database, now: Date): Promise<void> {
  await database
    .deleteFrom('used_states')
    .where('state_hash', 'in', (where) =>
      where
        .selectFrom('used_states')
        .select('state_hash')
        .where('expires_at', '<=', now.getTime())
        .limit(sweepLimit)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}
