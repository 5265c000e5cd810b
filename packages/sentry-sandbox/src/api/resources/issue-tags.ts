import type { Issue } from '../../world/issue.ts'
import type { EventRange } from '../../world/issue-events.ts'
import { tagKeys, tagsFor } from '../../world/event-tags.ts'
import { formatSeconds } from '../../world/moment.ts'
import { answerJson } from '../answer.ts'
import { badRequest, forbidden, notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { eventReadScopes, findIssue, issueEndpoint } from '../issues/issue-access.ts'
import { presentTagName } from '../issues/issue-detail-representation.ts'
import { countTags, type TagCount, type TagValueCount } from '../issues/tag-counts.ts'
import { presentWholeIssue } from '../issues/whole-issue.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import { projectEndpoint } from '../project-access.ts'

const readRange = ({ query, now }: CallerRequest, { organization }: OrganizationAccess): EventRange => {
  const isRanged = ['statsPeriod', 'start', 'end'].some((name) => Boolean(query.get(name)))
  const { start, end } = isRanged ? readTimeRange(query, now) : { start: 0, end: now.getTime() }
  return { start, end: Math.min(end, now.getTime()), environments: selectEnvironments(query, organization) }
}

function presentTagValue({ value, count, firstSeen, lastSeen }: TagValueCount, key: string): object {
  return {
    key,
    name: value === '' ? '(empty)' : value,
    value,
    count,
    lastSeen: formatSeconds(lastSeen),
    firstSeen: formatSeconds(firstSeen),
    ...(value === '' ? { query: `!has:${key}` } : {}),
  }
}

/** Most frequent values, at most ten as in Sentry. */
function presentTag({ key, total, values }: TagCount): object {
  const topValues = values.slice(0, 10).map((value) => presentTagValue(value, key))
  return { key, name: presentTagName(key), uniqueValues: values.length, totalValues: total, topValues }
}

const list = issueEndpoint('tags/', (request, access, issue) => {
  const keys = request.query.getAll('key')
  const tags = countTags(issue, readRange(request, access))
  return answerJson(tags.filter(({ key }) => keys.length === 0 || keys.includes(key)).map(presentTag))
})

/** @throws {ApiError} 404 for a key that no event of the issue has. */
function countTag(request: CallerRequest, access: OrganizationAccess, issue: Issue): TagCount {
  const [tag] = countTags(issue, readRange(request, access), request.params['key'] ?? '')
  if (tag === undefined) throw notFound()
  return tag
}

const detail = issueEndpoint('tags/:key/', (request, access, issue) =>
  answerJson(presentTag(countTag(request, access, issue))),
)

const orders: Readonly<Record<string, (left: TagValueCount, right: TagValueCount) => number>> = {
  '-id': (left, right) => right.lastSeen - left.lastSeen,
  age: (left, right) => right.firstSeen - left.firstSeen,
  count: (left, right) => right.count - left.count,
  date: (left, right) => right.lastSeen - left.lastSeen,
}

const values = issueEndpoint('tags/:key/values/', (request, access, issue) => {
  const sort = request.query.getAll('sort').at(-1) ?? '-id'
  const order = Object.hasOwn(orders, sort) ? orders[sort] : undefined
  if (order === undefined) throw badRequest(`Invalid sort parameter`)
  const tag = countTag(request, access, issue)
  return answerPage(request, tag.values.toSorted(order), (value) => presentTagValue(value, tag.key))
})

/** The tags that events of the selected projects can have. */
const organizationTags = organizationEndpoint(
  'organizations/:organization/tags/',
  readScopes('org'),
  (request, access) => {
    readTimeRange(request.query, request.now)
    const projects =
      request.query.has('project') || request.query.has('projectSlug')
        ? selectProjects(request.query, access)
        : access.organization.projects.filter((project) => hasProjectAccess(access, project))
    const issues = projects.flatMap((project) =>
      request.world.historyOf(project).issuesAt(request.now.getTime()).slice(0, 1),
    )
    const used = new Set(issues.flatMap((issue) => Object.keys(tagsFor(issue))))
    return answerJson(
      tagKeys
        .filter((key) => used.has(key))
        .map((key) => ({ key, name: presentTagName(key), uniqueValues: used.size })),
    )
  },
)

const projectValues = projectEndpoint(
  'projects/:organization/:project/tags/:key/values/',
  readScopes('project'),
  (request, access, project) => {
    const key = request.params['key'] ?? ''
    const range = readRange(request, access)
    const counts = new Map<string, TagValueCount>()
    for (const issue of request.world.historyOf(project).issuesAt(request.now.getTime())) {
      for (const value of countTags(issue, range, key)[0]?.values ?? []) addUp(counts, value)
    }
    if (counts.size === 0) throw notFound()
    const sorted = [...counts.values()].toSorted((left, right) => right.count - left.count)
    return answerPage(request, sorted, (value) => presentTagValue(value, key))
  },
)

function addUp(counts: Map<string, TagValueCount>, value: TagValueCount): void {
  const known = counts.get(value.value)
  if (known === undefined) counts.set(value.value, { ...value })
  else {
    known.count += value.count
    known.firstSeen = Math.min(known.firstSeen, value.firstSeen)
    known.lastSeen = Math.max(known.lastSeen, value.lastSeen)
  }
}

const byShortId = organizationEndpoint(
  'organizations/:organization/shortids/:shortId/',
  eventReadScopes,
  (request, access) => {
    const shortId = request.params['shortId'] ?? ''
    const issue = /^\d+$/.test(shortId) ? undefined : findIssue(request, access, shortId)
    if (issue === undefined) throw notFound()
    if (!hasProjectAccess(access, issue.project)) throw forbidden()
    return answerJson({
      organizationSlug: access.organization.slug,
      projectSlug: issue.project.slug,
      groupId: issue.id,
      group: presentWholeIssue(request, issue),
      shortId: issue.shortId,
    })
  },
)

export const issueTagEndpoints: readonly Endpoint[] = [list, detail, values, organizationTags, projectValues, byShortId]
