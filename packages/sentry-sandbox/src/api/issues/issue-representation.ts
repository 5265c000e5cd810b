import type { IssueChanges } from '../../state/issue-changes.ts'
import type { Issue } from '../../world/issue.ts'
import { countEvents, countSeries, type EventRange } from '../../world/issue-events.ts'
import type { IssueStanding } from '../../world/issue-standing.ts'
import { day, formatMicroseconds, formatSeconds, hour } from '../../world/moment.ts'
import type { HostName } from '../../world/organization.ts'
import { createCandidate, type IssueCandidate } from './issue-candidate.ts'
import { readPersonFlags } from './person-flags.ts'

/** For whom issues are shown, and when. */
export interface IssueViewer {
  personId: string
  changes: IssueChanges
  origins: Readonly<Record<HostName, string>>
  now: number
}

/** An issue without its numbers. */
export function presentIssueBase(viewer: IssueViewer, issue: Issue, standing: IssueStanding): Record<string, unknown> {
  const { kind, project, organization } = issue
  const flags = readPersonFlags(issue, viewer.personId, viewer.changes)
  return {
    id: issue.id,
    shareId: standing.isPublic ? issue.id.padStart(32, '0') : null,
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    permalink: `${viewer.origins.control}/organizations/${organization.slug}/issues/${issue.id}/`,
    logger: issue.logger,
    level: issue.level,
    status: standing.status,
    statusDetails: standing.statusDetails,
    substatus: standing.substatus,
    isPublic: standing.isPublic,
    platform: issue.platform,
    project: { id: project.id, name: project.name, slug: project.slug, platform: project.platform },
    type: kind.eventType === 'metric' ? 'generic' : kind.eventType,
    metadata: presentMetadata(issue),
    numComments: standing.activity.filter(({ type }) => type === 'note').length,
    assignedTo: presentAssignee(standing),
    isBookmarked: flags.isBookmarked,
    isSubscribed: flags.isSubscribed,
    subscriptionDetails: flags.isSubscribed ? { reason: 'unknown' } : null,
    hasSeen: flags.hasSeen,
    annotations: [],
    issueType: kind.issueType,
    issueCategory: kind.issueCategory,
    priority: standing.priority,
    priorityLockedAt: standing.priorityLockedAt === null ? null : formatMicroseconds(standing.priorityLockedAt),
    seerFixabilityScore: null,
    seerAutofixLastTriggered: null,
  }
}

/** Free-form: which members there are depends on the kind of issue. */
export function presentMetadata({ kind, type, value, place, title }: Issue): Record<string, unknown> {
  if (kind.eventType === 'default') return { title }
  if (kind.eventType === 'csp')
    return { message: title, uri: 'https://tags.partner.example', directive: 'script-src', title: null }
  if (kind.eventType === 'feedback')
    return {
      contact_email: null,
      message: value,
      name: '',
      source: 'new_feedback_envelope',
      title: 'User Feedback',
      value,
    }
  if (kind.eventType !== 'error') return { title: type, value, initial_priority: 50 }
  return {
    value,
    type,
    ...(place === null || place.file === '' ? {} : { filename: place.file, function: place.function }),
    in_app_frame_mix: 'mixed',
    initial_priority: kind.isHandled ? 50 : 75,
  }
}

export function presentAssignee({ assignee }: IssueStanding): object | null {
  if (assignee === null) return null
  if (assignee.type === 'team') return { type: 'team', id: assignee.team.id, name: assignee.team.slug }
  const { id, name, email } = assignee.person
  return { type: 'user', id, name: name ?? email, email }
}

/** What a list may bring beside the issue itself. */
export interface ListOptions {
  expand: ReadonlySet<string>
  collapse: ReadonlySet<string>
  /** `''` for no series. */
  groupStatsPeriod: string
  /** Whether the request names a period or environments; else the numbers are those of the whole life. */
  isRanged: boolean
  /** Whether the search has conditions that events can miss. */
  isFiltered: boolean
}

/** An issue as a list item. */
export function presentIssue(viewer: IssueViewer, candidate: IssueCandidate, options: ListOptions): object {
  const { issue, standing } = candidate
  const { collapse, expand } = options
  const base = collapse.has('base') ? { id: issue.id } : presentIssueBase(viewer, issue, standing)
  return {
    ...base,
    ...(collapse.has('unhandled') ? {} : { isUnhandled: issue.kind.eventType === 'error' && !issue.kind.isHandled }),
    ...(collapse.has('stats') ? {} : presentStats(viewer, candidate, options)),
    ...presentExpansions(candidate, expand),
  }
}

function presentStats(viewer: IssueViewer, candidate: IssueCandidate, options: ListOptions): object {
  const whole = createCandidate(candidate.issue, candidate.standing, { start: 0, end: viewer.now, environments: null })
  const ranged = options.isRanged ? candidate : whole
  const series = (range: EventRange) => presentSeries(candidate.issue, range, options.groupStatsPeriod, viewer.now)
  const numbers = presentNumbers(ranged)
  return {
    // Without the lifetime the plain numbers go as well.
    ...(options.collapse.has('lifetime')
      ? {}
      : { ...numbers, ...series(candidate.range), lifetime: { ...presentNumbers(whole), stats: null } }),
    ...(options.collapse.has('filtered')
      ? {}
      : { filtered: options.isFiltered ? { ...numbers, ...series(candidate.range) } : null }),
  }
}

function presentNumbers({ issue, count, userCount, lastSeen }: IssueCandidate): object {
  return {
    count: String(count),
    userCount,
    firstSeen: formatMicroseconds(issue.firstSeen),
    lastSeen: lastSeen === null ? null : formatSeconds(lastSeen),
  }
}

/** The series that `groupStatsPeriod` asks for; those of `auto` add up to the count of the range. */
function presentSeries(issue: Issue, range: EventRange, period: string, now: number): { stats?: object } {
  if (period === '') return {}
  if (period === 'auto') return { stats: { auto: countSeries(issue, range, chooseStep(range)) } }
  return {
    stats: {
      [period]: period === '24h' ? countLast(issue, range, hour, 24, now) : countLast(issue, range, day, 14, now),
    },
  }
}

/** Counts of the last spans of a length, the current one included. */
export function countLast(
  issue: Issue,
  { environments }: Pick<EventRange, 'environments'>,
  step: number,
  spans: number,
  now: number,
): [seconds: number, count: number][] {
  const first = Math.floor(now / step) - spans + 1
  return Array.from({ length: spans }, (_, position) => {
    const start = (first + position) * step
    return [start / 1000, countEvents(issue, { start, end: Math.min(start + step, now), environments })]
  })
}

/** About thirty points; whole days for weeks and more. */
function chooseStep({ start, end }: EventRange): number {
  const length = end - start
  if (length <= hour) return length / 20
  if (length <= 2 * day) return Math.ceil(length / 29)
  return length <= 3 * day ? 6 * hour : day
}

function presentExpansions({ issue, standing }: IssueCandidate, expand: ReadonlySet<string>): object {
  return {
    ...(expand.has('inbox') ? { inbox: presentInbox(standing) } : {}),
    ...(expand.has('owners') ? { owners: presentOwners(issue) } : {}),
    ...(expand.has('sessions') ? { sessionCount: null } : {}),
    ...(expand.has('integrationIssues') ? { integrationIssues: [] } : {}),
    ...(expand.has('sentryAppIssues') ? { sentryAppIssues: [] } : {}),
    ...(expand.has('latestEventHasAttachments') ? { latestEventHasAttachments: issue.seed % 9 === 0 } : {}),
  }
}

export function presentInbox({ isInInbox, substatus, since }: IssueStanding): object | null {
  if (!isInInbox && !['regressed', 'escalating'].includes(substatus ?? '')) return null
  const reason = { new: 0, regressed: 2, escalating: 6, ongoing: 7 }[substatus ?? 'new'] ?? 0
  return { reason, reason_details: null, date_added: formatMicroseconds(since) }
}

export function presentOwners({ project, firstSeen, seed }: Issue): object[] | null {
  const [team] = project.teams
  if (team === undefined || seed % 3 === 0) return null
  return [{ type: 'ownershipRule', owner: `team:${team.id}`, date_added: formatMicroseconds(firstSeen) }]
}
