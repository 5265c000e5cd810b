import { SentryApiError, type SentryApiErrorCode } from '@sentry-graph/sentry-api'
import { AuthenticationEndedError, type ErrorCode } from './graph-error.ts'
import { failureOf } from './present-error.ts'

/** Why an issue is not known to be changed: what a mutation answers as data. */
export type IssueWriteFailure =
  | { kind: 'MissingScopeError'; message: string; requiredScope: string }
  | { kind: 'NotFoundError'; message: string }
  | { kind: 'UpstreamRejectedError'; message: string; status: number }
  | { kind: 'UpstreamFailureError'; message: string; code: ErrorCode; retryAfter: number | null }

/** What became of one issue. After `unknown` it may be changed or not: Sentry has not said. */
export type IssueWriteOutcome = 'changed' | 'refused' | 'unknown'

export const missingScope = {
  kind: 'MissingScopeError' as const,
  message: 'The session lacks the scope to change issues. Sign in again, where it is asked for.',
  requiredScope: 'event:write',
} satisfies IssueWriteFailure

export const issueNotFound: IssueWriteFailure = {
  kind: 'NotFoundError',
  message: 'The issue does not exist, has become part of another one, or you may not see it.',
}

/** @throws the error itself when it is none of Sentry’s. */
export function describeFailure(error: unknown): { outcome: IssueWriteOutcome; failure: IssueWriteFailure } {
  if (error instanceof SentryApiError) return { outcome: outcomeOf(error), failure: failureFrom(error) }
  if (error instanceof AuthenticationEndedError) return { outcome: 'refused', failure: upstreamFailure(error) }
  throw error
}

function failureFrom(error: SentryApiError): IssueWriteFailure {
  const { code, status, requiredScope } = error
  if (code === 'forbidden' && requiredScope !== null) return { ...missingScope, requiredScope }
  if (code === 'not_found') return issueNotFound
  if ((code === 'bad_request' || code === 'forbidden') && status !== null) {
    return { kind: 'UpstreamRejectedError', message: rejections[code], status }
  }
  return upstreamFailure(error)
}

const rejections = {
  bad_request: 'Sentry refuses this change.',
  forbidden: 'Sentry does not let you change this: your role in the organization does not allow it.',
}

function upstreamFailure(error: SentryApiError | AuthenticationEndedError): IssueWriteFailure {
  return { kind: 'UpstreamFailureError', ...failureOf(error) }
}

/** After these the request may have reached Sentry and done its work, unless it was never sent. */
const uncertain: readonly SentryApiErrorCode[] = ['timeout', 'unavailable', 'invalid_response']

const outcomeOf = ({ code, isUnsent }: SentryApiError) =>
  uncertain.includes(code) && !isUnsent ? 'unknown' : 'refused'
