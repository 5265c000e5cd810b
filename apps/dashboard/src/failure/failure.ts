import type { CombinedError } from '@urql/core'
import { failureTable, type FailureCode } from './failure-table.ts'

/** A failure as a page shows it. */
export interface Failure {
  code: FailureCode
  /** Names this one request in the gateway's log. */
  correlationId: string | null
  /** The Sentry scope that would have allowed it. */
  requiredScope: string | null
  /** Seconds until asking again makes sense. */
  retryAfter: number | null
}

/** Something is missing and nothing says why. */
export const unexplainedFailure: Failure = {
  code: 'UNKNOWN',
  correlationId: null,
  requiredScope: null,
  retryAfter: null,
}

/**
 * Why the field at `path` is missing, or why the whole operation failed when no path is given. An error above the
 * field or below it counts: either one left the field incomplete.
 */
export function findFailure(error: CombinedError | undefined, path: readonly (string | number)[] = []): Failure | null {
  if (!error) return null
  if (error.networkError) return { ...unexplainedFailure, code: 'UNREACHABLE' }
  const match = error.graphQLErrors.find((candidate) => touches(candidate.path ?? [], path))
  return match ? readFailure(match.extensions ?? {}) : null
}

function touches(errorPath: readonly (string | number)[], path: readonly (string | number)[]): boolean {
  const shared = Math.min(errorPath.length, path.length)
  return errorPath.slice(0, shared).every((step, index) => step === path[index])
}

function readFailure(extensions: Record<string, unknown>): Failure {
  const { code, correlationId, requiredScope, retryAfter } = extensions
  return {
    code: isFailureCode(code) ? code : 'UNKNOWN',
    correlationId: typeof correlationId === 'string' ? correlationId : null,
    requiredScope: typeof requiredScope === 'string' ? requiredScope : null,
    retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
  }
}

function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(failureTable, code)
}
