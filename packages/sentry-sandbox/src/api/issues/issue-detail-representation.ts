import { openEvent } from '../../world/event.ts'
import { fraction } from '../../world/hash.ts'
import type { Issue } from '../../world/issue.ts'
import type { EventRange } from '../../world/issue-events.ts'
import type { IssueStanding } from '../../world/issue-standing.ts'
import { day, formatMicroseconds, formatSeconds, hour } from '../../world/moment.ts'
import type { Release } from '../../world/release.ts'
import { presentUser } from '../user-representation.ts'
import { presentActivity } from './activity-representation.ts'
import { createCandidate } from './issue-candidate.ts'
import { countLast, presentInbox, presentIssueBase, presentOwners, type IssueViewer } from './issue-representation.ts'
import { countTags } from './tag-counts.ts'

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
    userReportCount: countUserReports(issue),
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

/** How many reports users wrote about it. */
export function countUserReports({ seed, audience, project }: Issue): number {
  return audience > 0 && project.uses.userReports && fraction(seed, 160) < 0.3 ? 1 + (seed % 3) : 0
}

function presentReleases(issue: Issue, now: number): object {
  const last = issue.volume.countBefore(now) - 1
  return {
    firstRelease: presentReleaseOf(openEvent(issue, 0).release),
    lastRelease: presentReleaseOf(openEvent(issue, Math.max(0, last)).release),
  }
}

function presentReleaseOf(release: Release | null): object | null {
  if (release === null) return null
  const raw = release.version.split('@').at(-1) ?? ''
  return {
    id: release.id,
    version: release.version,
    shortVersion: raw.length === 40 ? raw.slice(0, 12) : raw,
    status: release.isArchived ? 'archived' : 'open',
    ref: null,
    url: null,
    dateReleased: formatMicroseconds(release.dateReleased),
    dateCreated: formatMicroseconds(release.dateCreated),
    data: {},
    newGroups: 0,
    owner: null,
    commitCount: release.commitCount,
    lastCommit: null,
    deployCount: release.deploys.length,
    lastDeploy: null,
    authors: [],
    firstEvent: null,
    lastEvent: null,
    userAgent: null,
    versionInfo: {
      package: release.version.includes('@') ? release.project.slug : null,
      version: { raw },
      description: raw,
      buildHash: null,
    },
    projects: [{ id: Number(release.project.id), slug: release.project.slug, name: release.project.name }],
  }
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
