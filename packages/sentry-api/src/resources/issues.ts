import { z } from 'zod'
import { readList, readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { anything, count, date, filledText, flag, id, listOf, optional, requiredText, text } from '../shape.ts'
import { actorShape } from './actors.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { ALL_PROJECTS, selectedProjects } from './selected-projects.ts'

/** `[[epoch seconds, count], …]`, the answer's smallest series. */
// One look at each point: with a shape of its own the points would take longer than all else of an issue.
const series = z.custom<[number, number][]>((value) => Array.isArray(value) && value.every(isPoint))
const stats = z
  .record(z.string(), series.catch([]))
  .nullish()
  .catch(null)
  .transform((periods) => periods ?? {})

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number'
}

const projectReference = z.object({ id, slug: z.string().min(1), name: text, platform: filledText })
/** Sentry sends this number as a text. */
const eventCount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (/^\d{1,15}$/.test(String(value ?? '')) ? Number(value) : null))

/** Newer servers name a label and its address, older ones write a text. */
const annotation = z.union([
  z
    .object({ displayName: requiredText, url: filledText })
    .transform(({ displayName, url }) => ({ label: displayName, url })),
  requiredText.transform((label) => ({ label, url: null })),
])

/** An item of the list, and what the detail of an issue begins with. */
export const issueShape = z
  .object({
    id,
    shortId: filledText,
    title: filledText,
    culprit: filledText,
    permalink: filledText,
    logger: filledText,
    level: text,
    status: text,
    substatus: text,
    priority: text,
    platform: filledText,
    issueType: filledText,
    issueCategory: filledText,
    project: projectReference.nullish(),
    // Old servers answer a bare name, newer ones may answer another kind of owner.
    assignedTo: optional(actorShape),
    annotations: listOf(annotation),
    metadata: anything,
    isUnhandled: flag,
    isBookmarked: flag,
    isSubscribed: flag,
    hasSeen: flag,
    numComments: count,
    count: eventCount,
    userCount: count,
    firstSeen: date,
    lastSeen: date,
    stats,
  })
  .transform((issue) => ({
    ...issue,
    title: issue.title ?? issue.shortId ?? issue.id,
    project: issue.project && { ...issue.project, name: issue.project.name ?? issue.project.slug },
  }))

/**
 * An item of `GET organizations/{org}/issues/`. Numbers and `stats` are null and empty where the request collapsed
 * them; `assignedTo` has what the item says of a person or team.
 */
export type Issue = z.output<typeof issueShape>

export type IssueSort = 'date' | 'new' | 'freq' | 'user' | 'trends' | 'recommended' | 'inbox'
export type IssueStatsPeriod = '24h' | '14d'

/** What an answer about issues is to hold beside the issues themselves; Sentry is faster without. */
export interface IssueParts {
  /** `count`, `userCount`, `firstSeen` and `lastSeen`. */
  numbers: boolean
  isUnhandled: boolean
  /** The one series of `stats`; comes with the numbers. */
  statsPeriod: IssueStatsPeriod | null
}

/** What chooses and orders the issues of a list. */
export interface IssueSearch {
  /** Sentry's search syntax; an empty text finds issues of every status. */
  query: string
  sort: IssueSort
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
  environments: readonly string[]
  /** Those with events in it; the last 90 days when null. */
  range: TimeRange | null
}

/** One page of the issues that had events in the range; `hits` counts up to `maxHits`. `GET organizations/{org}/issues/`, scope `event:read`. */
export function listIssues(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { search: IssueSearch; parts: IssueParts },
): Promise<Page<Issue>> {
  const { search, parts, ...page } = options
  const { query, sort, projects, environments, range } = search
  const request = requestFor(organization, parts, {
    query,
    sort,
    project: selectedProjects(projects),
    environment: environments,
    ...rangeParameters(range),
  })
  return getPage(client, request, page, issueShape, 'limit')
}

/**
 * The issues of these numeric ids, at most 100, in no order; one that was merged is missing.
 * `GET organizations/{org}/issues/?group=…`, scope `event:read`.
 */
export async function listIssuesById(
  client: SentryClient,
  organization: OrganizationAddress,
  { ids, parts }: { ids: readonly string[]; parts: IssueParts },
): Promise<Issue[]> {
  const request = requestFor(organization, parts, { group: ids, project: ALL_PROJECTS })
  const answer = await client.get(request)
  return readList(issueShape, answer, request.endpoint)
}

const shortIdShape = z.object({ group: issueShape })

/** One issue by the name people call it by. `GET organizations/{org}/shortids/{shortId}/`, scope `event:read`. */
export async function findIssueByShortId(
  client: SentryClient,
  organization: OrganizationAddress,
  shortId: string,
): Promise<Issue> {
  const endpoint = '/api/0/organizations/{org}/shortids/{shortId}/'
  const parameters = { org: organization.idOrSlug, shortId }
  const answer = await client.get({
    endpoint,
    parameters,
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  })
  return readShape(shortIdShape, answer, endpoint).group
}

function requestFor(
  organization: OrganizationAddress,
  { numbers, isUnhandled, statsPeriod }: IssueParts,
  query: Record<string, string | readonly string[]>,
) {
  const needsNumbers = numbers || statsPeriod !== null
  const collapse = [
    'filtered',
    // Sentry takes the plain numbers away with either of the two.
    ...(needsNumbers ? [] : ['stats', 'lifetime']),
    ...(isUnhandled ? [] : ['unhandled']),
  ]
  return {
    endpoint: '/api/0/organizations/{org}/issues/',
    parameters: { org: organization.idOrSlug },
    query: { ...query, collapse, groupStatsPeriod: statsPeriod ?? '' },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  }
}
