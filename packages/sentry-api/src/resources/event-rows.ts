import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { type Page, type PageOptions, readPage } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { filledText } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { Dataset } from './event-series.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const rowShape = z.record(z.string(), z.unknown())
const named = z
  .record(z.string(), filledText)
  .nullish()
  .catch(null)
  .transform((values) => values ?? {})
const metaShape = z
  .object({ fields: named, units: named })
  .nullish()
  .transform((meta) => meta ?? { fields: {}, units: {} })
const answerShape = z.object({ data: z.array(z.unknown()), meta: metaShape })

/** One event or group of events: values by the fields as they were asked for, and perhaps others. */
export type EventRow = z.output<typeof rowShape>

export interface EventRows extends Page<EventRow> {
  /** What a field holds (`integer`, `duration`), by field. */
  types: Readonly<Record<string, string | null>>
  /** What its numbers count (`millisecond`), by field. */
  units: Readonly<Record<string, string | null>>
}

export interface EventRowsQuestion {
  dataset: Dataset
  /** At most 20 names and functions; functions group the events by the names. */
  fields: readonly string[]
  /** Sentry's search syntax; everything when null. */
  query: string | null
  /** One of the fields, with `-` before it to begin with the largest. */
  sort: string | null
  range: TimeRange
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
}

/** One page of rows. `GET organizations/{org}/events/`, scope `org:read`. */
export async function listEventRows(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { question: EventRowsQuestion },
): Promise<EventRows> {
  const endpoint = '/api/0/organizations/{org}/events/'
  const { question, cursor, perPage } = options
  const { dataset, fields, query, sort, range, projects } = question
  const response = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: {
      dataset,
      field: fields,
      query,
      sort,
      ...rangeParameters(range),
      project: selectedProjects(projects),
      per_page: perPage,
      cursor,
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.measured,
  })
  const { data, meta } = readShape(answerShape, response, endpoint)
  const page = readPage({ header: response.header, body: data }, endpoint, rowShape)
  return { ...page, types: meta.fields, units: meta.units }
}
