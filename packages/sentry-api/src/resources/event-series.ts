import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { filledText, flag } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

/** What Sentry counts events of apart. */
export type Dataset = 'errors' | 'spans' | 'logs' | 'tracemetrics' | 'profile_functions' | 'uptime_results'

const point = z
  .object({ timestamp: z.number(), value: z.number().nullish().catch(null), incomplete: flag.catch(null) })
  .transform(({ timestamp, value, incomplete }) => ({
    at: timestamp,
    value: value ?? null,
    isIncomplete: incomplete ?? false,
  }))

const seriesShape = z
  .object({
    yAxis: z.string(),
    values: z.array(point),
    groupBy: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish(),
    meta: z.object({ valueType: filledText, interval: z.number().nullish(), isOther: flag }).nullish(),
  })
  .transform(({ groupBy, meta, yAxis, values }) => ({
    yAxis,
    points: values,
    /** By name; empty where there is one series of everything. */
    group: new Map((groupBy ?? []).map(({ key, value }) => [key, value])),
    /** What is left beside the largest groups. */
    isOther: meta?.isOther ?? false,
    interval: meta?.interval ?? null,
    valueType: meta?.valueType ?? null,
  }))

const series = z.array(seriesShape).nullish()
const instant = z.number().nullish().catch(null)

const answerShape = z
  .object({ timeSeries: series, timeseries: series, meta: z.object({ start: instant, end: instant }).nullish() })
  // Older servers say so to somebody without projects.
  .or(z.tuple([]).transform(() => ({ timeSeries: [], timeseries: [], meta: null })))
  .transform(({ timeSeries, timeseries, meta }) => ({
    // Older servers write it in lower case.
    series: timeSeries ?? timeseries ?? [],
    start: meta?.start ?? null,
    end: meta?.end ?? null,
  }))

/** Numbers of events over time; all instants and lengths in milliseconds. */
export type EventSeries = z.output<typeof answerShape>

export interface EventSeriesQuestion {
  dataset: Dataset
  /** A function, such as `count()`. */
  yAxis: string
  /** Sentry's search syntax; everything when null. */
  query: string | null
  range: TimeRange
  /** Such as `1h`. */
  interval: string
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
  /** One series for each of the ten projects with the most events, in place of one of everything. */
  byProject?: boolean
}

/** The most groups that Sentry tells apart in one answer. */
export const MOST_SERIES = 10

/** `GET organizations/{org}/events-timeseries/`, scope `org:read`. */
export async function measureEvents(
  client: SentryClient,
  organization: OrganizationAddress,
  { dataset, yAxis, query, range, interval, projects, byProject = false }: EventSeriesQuestion,
): Promise<EventSeries> {
  const endpoint = '/api/0/organizations/{org}/events-timeseries/'
  const groups = byProject ? { groupBy: 'project', topEvents: MOST_SERIES, sort: `-${yAxis}` } : {}
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: {
      dataset,
      yAxis,
      query,
      ...rangeParameters(range),
      interval,
      ...groups,
      project: selectedProjects(projects),
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.measured,
  })
  return readShape(answerShape, answer, endpoint)
}
