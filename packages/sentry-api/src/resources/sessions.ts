import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { readLinkHeader } from '../link-header.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const number = z.number().nullish().catch(null)
const numbers = z.record(z.string(), number).nullish()
const byValue = z.union([z.string(), z.number()]).nullish()

const sessionsShape = z
  .object({
    intervals: z.array(date).nullish(),
    groups: z.array(
      z.object({
        by: z.record(z.string(), byValue),
        totals: numbers,
        series: z.record(z.string(), z.array(number)).nullish(),
      }),
    ),
  })
  .transform(({ intervals, groups }) => ({
    intervals: intervals ?? [],
    groups: groups.map(({ by, totals, series }) => ({
      projectId: by['project'] == null ? null : String(by['project']),
      release: by['release'] == null ? null : String(by['release']),
      totals: totals ?? {},
      series: series ?? {},
    })),
  }))

/** What sessions add up to, group by group; rates are fractions of one, and null where nothing is known. */
export interface Sessions extends z.output<typeof sessionsShape> {
  /** Whether there are more groups than `most`; null where Sentry does not say. */
  hasMore: boolean | null
}

export type SessionField = 'sum(session)' | 'count_unique(user)' | 'crash_free_rate(session)' | 'crash_free_rate(user)'

export interface SessionQuestion {
  fields: readonly SessionField[]
  groupBy: readonly ('project' | 'release')[]
  range: TimeRange
  /** Such as `1h`: at least an hour, at most a day, and a part of one. */
  interval: string
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
  environments?: readonly string[]
  /** Sentry's search syntax, such as `release:[1.0,2.0]`. */
  query?: string
  series: boolean
  /** The most groups, those with the largest numbers of the first field; all when left out. */
  most?: number
}

/**
 * Release health in numbers. `GET organizations/{org}/sessions/`, scope `org:read`. @throws SentryApiError `bad_request`
 * also for more than 10,000 groups × intervals.
 */
export async function measureSessions(
  client: SentryClient,
  organization: OrganizationAddress,
  question: SessionQuestion,
): Promise<Sessions> {
  const endpoint = '/api/0/organizations/{org}/sessions/'
  const { fields, groupBy, range, interval, projects, environments, query, series, most } = question
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: {
      field: fields,
      groupBy,
      ...rangeParameters(range),
      interval,
      project: selectedProjects(projects),
      environment: environments,
      query,
      includeSeries: series ? 1 : 0,
      ...(most === undefined ? {} : { per_page: most, orderBy: `-${fields[0]}` }),
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.measured,
  })
  const sessions = readShape(sessionsShape, answer, endpoint)
  return { ...sessions, hasMore: readMore(answer.header('link'), sessions.groups.length === most) }
}

/** An answer that names no neighbours is whole, unless it has just as many groups as it may. */
function readMore(link: string | null, isFull: boolean): boolean | null {
  return link === null && isFull ? null : readLinkHeader(link).next !== null
}
