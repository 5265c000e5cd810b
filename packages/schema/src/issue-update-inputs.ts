import type { IssueUpdate } from '@sentry-graph/sentry-api'
import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import type { IssueReference } from './issue-ids.ts'

export interface ResolveInput {
  inNextRelease?: boolean | null | undefined
  inRelease?: string | null | undefined
}

export interface ThresholdInput {
  count: number
  withinMinutes?: number | null | undefined
}

export interface ArchiveUntilInput {
  escalating?: boolean | null | undefined
  minutes?: number | null | undefined
  events?: ThresholdInput | null | undefined
  users?: ThresholdInput | null | undefined
}

const LONGEST_RELEASE = 250
/** Sentry’s own limit. */
const LONGEST_WINDOW = 10_080
/** A year. */
const LONGEST_ARCHIVE = 525_600
const LARGEST_COUNT = 1_000_000

/** @throws GraphError `BAD_USER_INPUT` for two releases at once, and for one that can be none. */
export function readResolve({ inNextRelease, inRelease }: ResolveInput): IssueUpdate {
  if (inNextRelease === true && typeof inRelease === 'string') {
    throw new GraphError('BAD_USER_INPUT', 'An issue is resolved "inNextRelease" or "inRelease", not both.')
  }
  if (inNextRelease === true) return { status: 'resolved', statusDetails: { inNextRelease: true } }
  if (typeof inRelease !== 'string') return { status: 'resolved' }
  if (inRelease.trim() === '' || inRelease.length > LONGEST_RELEASE) {
    throw new GraphError(
      'BAD_USER_INPUT',
      `"inRelease" takes the version of a release, at most ${LONGEST_RELEASE} long.`,
    )
  }
  return { status: 'resolved', statusDetails: { inRelease } }
}

/** @throws GraphError `BAD_USER_INPUT` for numbers that Sentry does not take. */
export function readArchive(until: ArchiveUntilInput | null | undefined): IssueUpdate {
  if (!until) return { status: 'ignored', substatus: 'archived_forever' }
  const { escalating, minutes, events, users } = until
  if (typeof minutes === 'number') {
    return archivedUntil({ ignoreDuration: within('minutes', minutes, LONGEST_ARCHIVE) })
  }
  if (events) return archivedUntil({ ignoreCount: readCount('events', events), ...window('ignoreWindow', events) })
  if (users) return archivedUntil({ ignoreUserCount: readCount('users', users), ...window('ignoreUserWindow', users) })
  if (escalating === true) return { status: 'ignored', substatus: 'archived_until_escalating' }
  throw new GraphError('BAD_USER_INPUT', '"escalating" takes true. Leave "until" out to archive for ever.')
}

/**
 * Who is to look after issues: a user, a team of the one organization they are of, or nobody for null.
 * @throws GraphError `BAD_USER_INPUT` for an id of something else, and for nothing said.
 */
export function readAssignee(assigneeId: string | null | undefined, issues: readonly IssueReference[]): IssueUpdate {
  if (assigneeId === undefined) {
    throw new GraphError('BAD_USER_INPUT', '"assigneeId" takes a user or a team, or null for nobody.')
  }
  if (assigneeId === null) return { assignedTo: '' }
  const { kind, organizationId, id } = decodeGlobalId(assigneeId)
  if (kind === 'User') return { assignedTo: `user:${id}` }
  if (kind !== 'Team') throw new GraphError('BAD_USER_INPUT', '"assigneeId" takes the id of a user or a team.')
  if (issues.some(({ organization }) => organization.sentryId !== organizationId)) {
    throw new GraphError('BAD_USER_INPUT', 'A team looks after issues of its own organization only.')
  }
  return { assignedTo: `team:${id}` }
}

const LONGEST_COMMENT = 65_536

/** @throws GraphError `BAD_USER_INPUT` for no text, and for more than Sentry takes. */
export function readComment(text: string): string {
  if (text.trim() === '') throw new GraphError('BAD_USER_INPUT', '"text" takes no empty text.')
  if (text.length > LONGEST_COMMENT) {
    throw new GraphError('BAD_USER_INPUT', `"text" takes at most ${LONGEST_COMMENT} characters.`)
  }
  return text
}

function archivedUntil(statusDetails: NonNullable<IssueUpdate['statusDetails']>): IssueUpdate {
  return { status: 'ignored', substatus: 'archived_until_condition_met', statusDetails }
}

const readCount = (name: string, { count }: ThresholdInput) => within(`${name}.count`, count, LARGEST_COUNT)

function window<Name extends string>(name: Name, { withinMinutes }: ThresholdInput): { [key in Name]?: number } {
  if (typeof withinMinutes !== 'number') return {}
  return { [name]: within('withinMinutes', withinMinutes, LONGEST_WINDOW) } as { [key in Name]: number }
}

function within(name: string, value: number, most: number): number {
  if (value >= 1 && value <= most) return value
  throw new GraphError('BAD_USER_INPUT', `"${name}" takes a number from 1 to ${most}.`)
}
