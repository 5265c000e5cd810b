// What the two plain servers make of Sentry’s records: the names and values of the graph, so that all three servers
// give the same answers.

export interface SentryOrganization {
  id: string
  slug: string
  name: string
  links: { regionUrl: string }
}

interface SentryProject {
  id: string
  slug: string
  name: string
  platform: string | null
}

interface SentryTeam {
  id: string
  slug: string
  name: string
  memberCount: number
}

export interface SentryIssue {
  id: string
  shortId: string
  title: string
  culprit: string | null
  level: string
  status: string
  count: string
  userCount: number
  firstSeen: string
  lastSeen: string
  project: { slug: string; name: string }
}

interface SentryFrame {
  function: string | null
  filename: string | null
  lineNo: number | null
  inApp: boolean
  context: [number, string][]
}

interface SentryException {
  type: string
  value: string
  stacktrace: { frames: SentryFrame[] } | null
}

interface SentryBreadcrumb {
  timestamp: string
  category: string | null
  level: string | null
  message: string | null
}

interface SentryEntry {
  type: string
  data: { values: unknown[] }
}

export interface SentryEvent {
  eventID: string
  title: string
  dateCreated: string
  tags: { key: string; value: string }[]
  entries: SentryEntry[]
}

export interface SentryTag {
  key: string
  totalValues: number
  topValues: { value: string; count: number }[]
}

export type SentryList<T> = T[]
export type SentryProjects = SentryList<SentryProject>
export type SentryTeams = SentryList<SentryTeam>
export type SentryIssues = SentryList<SentryIssue>

const globalId = (kind: string, organizationId: string, id: string) =>
  Buffer.from(`1:${kind}:${organizationId}:${id}`).toString('base64url')

const instant = (text: string | null) => (text === null ? null : new Date(text).toISOString())
const filled = (text: string | null | undefined) => (text === '' || text === undefined ? null : text)

export const viewerId = (id: string) => globalId('Viewer', '', id)

export function readOrganization({ id, slug, name }: SentryOrganization) {
  return { id: globalId('Organization', '', id), slug, name }
}

export function readProject(organizationId: string, { id, slug, name, platform }: SentryProject) {
  return { id: globalId('Project', organizationId, id), slug, name, platform: filled(platform) }
}

export function readTeam(organizationId: string, { id, slug, name, memberCount }: SentryTeam) {
  return { id: globalId('Team', organizationId, id), slug, name, memberCount }
}

const statuses: Record<string, string> = { ignored: 'ARCHIVED' }

export function readIssue(organizationId: string, issue: SentryIssue) {
  return {
    id: globalId('Issue', organizationId, issue.id),
    shortId: issue.shortId,
    title: issue.title,
    culprit: filled(issue.culprit),
    level: issue.level.toUpperCase(),
    status: statuses[issue.status] ?? issue.status.toUpperCase(),
    eventCount: Number(issue.count),
    userCount: issue.userCount,
    firstSeen: instant(issue.firstSeen),
    lastSeen: instant(issue.lastSeen),
    project: { slug: issue.project.slug, name: issue.project.name },
  }
}

/** The issues that happened last, of several lists that are each in that order. */
export function mergeIssues<Issue extends { lastSeen: string | null }>(lists: Issue[][], first: number): Issue[] {
  const timeOf = ({ lastSeen }: Issue) => new Date(lastSeen ?? 0).getTime()
  return lists
    .flat()
    .toSorted((one, other) => timeOf(other) - timeOf(one))
    .slice(0, first)
}

export function readEvent({ eventID, title, dateCreated, tags, entries }: SentryEvent) {
  const valuesOf = <T>(type: string) => (entries.find((entry) => entry.type === type)?.data.values ?? []) as T[]
  return {
    eventId: eventID,
    title,
    occurredAt: instant(dateCreated),
    tags: tags.map(({ key, value }) => ({ key, value })),
    exceptions: valuesOf<SentryException>('exception').map(readException),
    breadcrumbs: valuesOf<SentryBreadcrumb>('breadcrumbs').map(readBreadcrumb),
  }
}

function readException({ type, value, stacktrace }: SentryException) {
  return { type, value, stackTrace: stacktrace && { frames: stacktrace.frames.map(readFrame) } }
}

function readFrame({ function: name, filename, lineNo, inApp, context }: SentryFrame) {
  return {
    function: filled(name),
    filename: filled(filename),
    line: lineNo,
    isInApp: inApp,
    context: context.map(([line, code]) => ({ line, code })),
  }
}

function readBreadcrumb({ timestamp, category, level, message }: SentryBreadcrumb) {
  return { at: instant(timestamp), category: filled(category), level: filled(level), message: filled(message) }
}

export function readTag({ key, totalValues, topValues }: SentryTag) {
  return { key, totalValues, topValues: topValues.map(({ value, count }) => ({ value, count })) }
}
