import { openEvent } from '../../world/event.ts'
import type { Issue } from '../../world/issue.ts'
import type { EventRange } from '../../world/issue-events.ts'
import type { IssueStanding } from '../../world/issue-standing.ts'
import { day, formatMicroseconds, formatSeconds, hour } from '../../world/moment.ts'
import { presentRelease } from '../releases/release-representation.ts'
import { presentUser } from '../user-representation.ts'
import { presentActivity } from './activity-representation.ts'
import { createCandidate } from './issue-candidate.ts'
import { countLast, presentInbox, presentIssueBase, presentOwners, type IssueViewer } from './issue-representation.ts'
import { countTags } from './tag-counts.ts'
import { listUserReports } from './user-report.ts'

/** An issue on its own. Unlike in lists, its numbers stay whatever is collapsed. */
export function presentIssueDetail(
  viewer: IssueViewer,
  issue: Issue,
  standing: IssueStanding,
  options: { expand: ReadonlySet<string>; collapse: ReadonlySet<string>; environments: EventRange['environments'] },
): object {
  const { expand, collapse, environments } = options
  const range = { start: 0, end: viewer.now, environments }
  const { count, userCount, lastSeen } = createCandidate(issue, standing, range)
  const people = [...new Set(standing.activity.flatMap(({ person }) => person ?? []))]
  return {
    ...presentIssueBase(viewer, issue, standing),
    isUnhandled: issue.kind.eventType === 'error' && !issue.kind.isHandled,
    count: String(count),
    userCount,
    firstSeen: formatMicroseconds(issue.firstSeen),
    lastSeen: lastSeen === null ? null : formatSeconds(lastSeen),
    ...(collapse.has('release') ? {} : presentReleases(issue, viewer.now)),
    ...(collapse.has('tags') ? {} : { tags: presentTagTotals(issue, range) }),
    ...(collapse.has('stats')
      ? {}
      : {
          stats: {
            '24h': countLast(issue, range, hour, 24, viewer.now),
            '30d': countLast(issue, range, day, 30, viewer.now),
          },
        }),
    activity: standing.activity.map(presentActivity),
    seenBy: people.map((person) => ({ ...presentUser(person), lastSeen: formatMicroseconds(standing.since) })),
    participants: people.map((person) => ({ type: 'user', ...presentUser(person) })),
    userReportCount: listUserReports(issue, viewer.now).length,
    openPeriods: presentOpenPeriods(issue, standing, viewer.now),
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
    ...(expand.has('inbox') ? { inbox: presentInbox(standing) } : {}),
    ...(expand.has('owners') ? { owners: presentOwners(issue) } : {}),
    ...(expand.has('forecast') ? { forecast: {} } : {}),
    ...(expand.has('integrationIssues') ? { integrationIssues: [] } : {}),
    ...(expand.has('sentryAppIssues') ? { sentryAppIssues: [] } : {}),
    ...(expand.has('latestEventHasAttachments') ? { latestEventHasAttachments: issue.seed % 9 === 0 } : {}),
  }
}

function presentReleases(issue: Issue, now: number): object {
  const last = issue.volume.countBefore(now) - 1
  const present = (ordinal: number) => {
    const { release } = openEvent(issue, ordinal)
    return release && presentRelease({ history: issue.history, release }, now, { health: null, adoption: null })
  }
  return { firstRelease: present(0), lastRelease: present(Math.max(0, last)) }
}

function presentTagTotals(issue: Issue, range: EventRange): object[] {
  return countTags(issue, range).map(({ key, total }) => ({ key, name: presentTagName(key), totalValues: total }))
}

/** `device.family` reads Device.Family; `client_os` Client Os. */
export function presentTagName(key: string): string {
  return key
    .replaceAll('_', ' ')
    .replace(/(^|[ .])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
}

function presentOpenPeriods(issue: Issue, standing: IssueStanding, now: number): object[] {
  const end = standing.status === 'resolved' ? standing.since : null
  return [
    {
      start: formatMicroseconds(issue.firstSeen),
      end: end === null ? null : formatMicroseconds(end),
      duration: end === null ? null : String(Math.floor((end - issue.firstSeen) / 1000)),
      isOpen: end === null,
      lastChecked: formatSeconds(now),
    },
  ]
}
