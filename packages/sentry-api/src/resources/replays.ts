import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { type Page, type PageOptions, readPage } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { count, date, filledText, flag, id, optional, texts } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const idOrNull = optional(id)
const product = optional(z.object({ name: filledText, version: filledText }))

const user = optional(
  z.object({
    id: idOrNull,
    username: filledText,
    email: filledText,
    ip: filledText,
    geo: optional(z.object({ country_code: filledText })),
  }),
)

/** What Sentry puts in the place of the person in a replay that was deleted. */
const DELETED = 'Archived Replay'

const replayShape = z
  .object({
    id,
    project_id: idOrNull,
    started_at: date,
    finished_at: date,
    duration: count,
    environment: filledText,
    user,
    urls: texts,
    browser: product,
    os: product,
    count_errors: count,
    count_dead_clicks: count,
    count_rage_clicks: count,
    releases: texts,
    is_archived: flag,
  })
  .transform((replay) => ({
    ...replay,
    // With or without dashes it is the same replay.
    id: replay.id.replaceAll('-', '').toLowerCase(),
    user: isSomebody(replay.user) ? replay.user : null,
  }))

/** A recording of what a person saw; what a list was not asked for is null or empty. Seconds for `duration`. */
export type Replay = z.output<typeof replayShape>

/** What a list can be asked for. */
export type ReplayField = keyof z.input<typeof replayShape>

function isSomebody(person: z.output<typeof user>): boolean {
  return person !== null && person.id !== DELETED && [person.id, person.username, person.email, person.ip].some(Boolean)
}

const answerShape = z.object({ data: z.array(z.unknown()) })

export interface ReplaySearch {
  /** Sentry's search syntax; everything when null. */
  query: string | null
  /** Numeric ids; all projects that the person may see when empty. */
  projects: readonly string[]
  /** Null leaves the choice to Sentry. */
  range: TimeRange | null
}

/**
 * One page of replays, the latest first, with these fields only: Sentry reads no more than it is asked for.
 * `GET organizations/{org}/replays/`, scope `org:read`. @throws SentryApiError `not_found` where no project has replays.
 */
export async function listReplays(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { search: ReplaySearch; fields: readonly ReplayField[] },
): Promise<Page<Replay>> {
  const endpoint = '/api/0/organizations/{org}/replays/'
  const { search, fields, cursor, perPage } = options
  const response = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: {
      field: fields,
      query: search.query,
      project: selectedProjects(search.projects),
      ...rangeParameters(search.range),
      per_page: perPage,
      cursor,
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.moving,
  })
  const { data } = readShape(answerShape, response, endpoint)
  return readPage({ header: response.header, body: data }, endpoint, replayShape)
}

const detailShape = z.object({ data: replayShape })

/** One replay by its id, 32 hex digits. `GET organizations/{org}/replays/{replay}/`, scope `org:read`. */
export async function findReplay(
  client: SentryClient,
  organization: OrganizationAddress,
  replay: string,
): Promise<Replay> {
  const endpoint = '/api/0/organizations/{org}/replays/{replay}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, replay },
    query: { project: selectedProjects([]) },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.moving,
  })
  return readShape(detailShape, answer, endpoint).data
}
