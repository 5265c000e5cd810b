import { createHash } from 'node:crypto'
import type { GrantFacts } from '@sentry-graph/session-store'

/** Between these parts of an access token's life that are left, the refresh begins. */
const EARLIEST = 0.1
const LATEST = 0.05

/**
 * Whether it is time to replace the access token. Grants that were issued together are not refreshed together: each has
 * its own moment in the last tenth of the life, the same on every process.
 */
export function isRefreshDue(grant: Omit<GrantFacts, 'scopes' | 'organizationId'>, now: Date): boolean {
  const { issuedAt, expiresAt } = grant
  if (expiresAt === null) return false
  const life = expiresAt.getTime() - issuedAt.getTime()
  const left = expiresAt.getTime() - now.getTime()
  // Drawn only where it can matter.
  return left < life * EARLIEST && left < life * (LATEST + (EARLIEST - LATEST) * lotOf(grant))
}

/** From 0 to 1. */
function lotOf({ id, version }: Pick<GrantFacts, 'id' | 'version'>): number {
  return createHash('sha256').update(`${id} ${version}`).digest().readUInt32BE() / 2 ** 32
}
