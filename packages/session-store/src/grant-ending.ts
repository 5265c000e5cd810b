import { deleteGrantsOfUser, deleteUnusedGrants } from './grants.ts'
import { oweRevocations } from './revocations.ts'
import type { Sealing } from './sealing.ts'
import type { Database } from './tables.ts'

/** What sessions and grants are ended with: a transaction, in which Sentry is owed to be told of the grants. */
export interface Ending {
  database: Database
  sealing: Sealing
  now: Date
}

/** Ends those of these grants that no session uses any more. */
export async function endUnusedGrants({ database, sealing, now }: Ending, grantIds: readonly string[]): Promise<void> {
  await oweRevocations(database, sealing, await deleteUnusedGrants(database, grantIds), now)
}

/** Ends all grants of the user, and with them all sessions. */
export async function endGrantsOfUser({ database, sealing, now }: Ending, userId: string): Promise<void> {
  await oweRevocations(database, sealing, await deleteGrantsOfUser(database, userId), now)
}
