import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import { readGrant, type Grant } from './grants.ts'
import type { Sealing } from './sealing.ts'
import type { Database } from './tables.ts'

/** Times in milliseconds. */
export interface RefreshRequest {
  grantId: string
  /** The version whose access token is no longer good. */
  version: number
  /** How long the claim holds: longer than the exchange with Sentry can take. */
  lease: number
  /** How long to wait for somebody else's refresh to end. */
  wait: number
}

/**
 * - `claimed`: the caller, and nobody else, sends this refresh token, and says how it went: by replaceTokens, by
 *   endGrant, or by releaseRefresh. `attempt` is 2 when an earlier answer for the same refresh token was lost.
 * - `replaced`: somebody has refreshed; here is the grant as it is now.
 * - `held`: somebody is refreshing, for at most `remaining` milliseconds more.
 * - `spent`: two answers for this refresh token were lost, so that it may be used up. It is not sent again: the access
 *   token serves while Sentry takes it (then confirmUnspent), and when Sentry does not, the grant has ended.
 * - `ended`: there is no such grant.
 */
export type RefreshClaim =
  | { outcome: 'claimed'; claimId: string; attempt: number; grant: Grant }
  | { outcome: 'replaced'; grant: Grant }
  | { outcome: 'held'; remaining: number }
  | { outcome: 'spent'; grant: Grant }
  | { outcome: 'ended' }

export interface RefreshRelease {
  grantId: string
  claimId: string
  /** Whether Sentry may have used the refresh token up: it was sent and no whole answer came back. */
  mayBeSpent: boolean
}

/** A refresh token is sent once, and once more when the answer was lost (RFC 9700 section 4.14.2). */
const mostAttempts = 2

/** Milliseconds between two looks at a refresh of somebody else: short for the usual one, bounded for a slow one. */
const pauses = { first: 25, longest: 200 }

/** Claims the refresh of exactly this version, waiting for whoever holds it. No lock is held between two statements. */
export async function claimRefresh(
  database: Database,
  sealing: Sealing,
  clock: RawBuilder<number>,
  request: RefreshRequest,
): Promise<RefreshClaim> {
  const waitUntil = performance.now() + request.wait
  for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
    const claim = await tryToClaim(database, sealing, clock, request)
    const left = waitUntil - performance.now()
    if (claim.outcome !== 'held' || left <= 0) return claim
    await setTimeout(Math.min(pause, left, claim.remaining))
  }
}

async function tryToClaim(
  database: Database,
  sealing: Sealing,
  clock: RawBuilder<number>,
  { grantId, version, lease }: RefreshRequest,
): Promise<RefreshClaim> {
  const row = await database
    .selectFrom('grants')
    .selectAll()
    .select(sql<number>`coalesce(refresh_lease_until - ${clock}, 0)`.as('remaining'))
    .where('id', '=', grantId)
    .executeTakeFirst()
  if (row === undefined) return { outcome: 'ended' }
  if (row.version !== version) return { outcome: 'replaced', grant: readGrant(sealing, row) }
  if (row.remaining > 0) return { outcome: 'held', remaining: row.remaining }
  const grant = readGrant(sealing, row)
  const attempts = row.refresh_attempts
  if (attempts >= mostAttempts) return { outcome: 'spent', grant }
  const claimId = randomUUID()
  const isClaimed = await recordClaim(database, clock, { grantId, version, lease, attempts, claimId })
  return isClaimed
    ? { outcome: 'claimed', claimId, attempt: attempts + 1, grant }
    : { outcome: 'held', remaining: lease }
}

/** Counts the attempt before anything is sent: a process that dies with the answer has still been counted. */
async function recordClaim(
  database: Database,
  clock: RawBuilder<number>,
  seen: { grantId: string; version: number; lease: number; attempts: number; claimId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .set({
      refresh_claim: seen.claimId,
      refresh_lease_until: sql<number>`${clock} + ${seen.lease}`,
      refresh_attempts: seen.attempts + 1,
    })
    .where('id', '=', seen.grantId)
    .where('version', '=', seen.version)
    .where('refresh_attempts', '=', seen.attempts)
    .where((where) => where.or([where('refresh_lease_until', 'is', null), isOver(clock)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Lets others try. An attempt that cannot have used the refresh token up is not counted. */
export async function releaseRefresh(
  database: Database,
  { grantId, claimId, mayBeSpent }: RefreshRelease,
): Promise<void> {
  await database
    .updateTable('grants')
    .set((row) => ({
      refresh_claim: null,
      refresh_lease_until: null,
      refresh_attempts: mayBeSpent ? row.ref('refresh_attempts') : row('refresh_attempts', '-', 1),
    }))
    .where('id', '=', grantId)
    .where('refresh_claim', '=', claimId)
    .execute()
}

/** Sentry has taken the access token of this version after all attempts: so the pair was never replaced. */
export async function confirmUnspent(
  database: Database,
  clock: RawBuilder<number>,
  grantId: string,
  version: number,
): Promise<void> {
  await database
    .updateTable('grants')
    .set({ refresh_attempts: 0 })
    .where('id', '=', grantId)
    .where('version', '=', version)
    .where((where) => where.or([where('refresh_lease_until', 'is', null), isOver(clock)]))
    .execute()
}

function isOver(clock: RawBuilder<number>) {
  return sql<boolean>`refresh_lease_until <= ${clock}`
}
