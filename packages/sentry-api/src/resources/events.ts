import { z } from 'zod'
import type { SentryClient } from '../sentry-client.ts'
import { count, date, filledText, flag, id, readShape, text } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'

/** A list of which each item may be null or of a shape nobody knows: those are left out. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item.nullish().catch(null))
    .nullish()
    .catch(null)
    .transform((items) => (items ?? []).filter((entry) => entry !== null && entry !== undefined))

const optional = <Shape extends z.ZodType>(shape: Shape) =>
  shape
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)

const number = optional(z.union([z.number(), z.string()]).transform(String))

/** `[name, value]`, as headers and query parameters come. */
const pair = z.tuple([
  z.string(),
  z
    .union([z.string(), z.number(), z.boolean()])
    .nullable()
    .transform((value) => (value === null ? null : String(value))),
])

const frame = z.object({
  function: filledText,
  module: filledText,
  filename: filledText,
  absPath: filledText,
  package: filledText,
  lineNo: count,
  colNo: count,
  inApp: flag,
  context: listOf(z.tuple([z.number(), text])),
  sourceLink: filledText,
})
export type Frame = z.output<typeof frame>

const stackTrace = z.object({
  frames: listOf(frame),
  hasSystemFrames: flag,
  framesOmitted: optional(z.tuple([z.number(), z.number()])),
})
/** The oldest call comes first. */
export type StackTrace = z.output<typeof stackTrace>

const exception = z.object({
  type: filledText,
  value: filledText,
  module: filledText,
  mechanism: optional(z.object({ type: filledText, handled: flag })),
  stacktrace: optional(stackTrace),
})
export type ExceptionValue = z.output<typeof exception>

const breadcrumb = z.object({
  timestamp: date,
  type: filledText,
  category: filledText,
  level: filledText,
  message: filledText,
})
export type Breadcrumb = z.output<typeof breadcrumb>

const eventRequest = z.object({
  method: filledText,
  url: filledText,
  fragment: filledText,
  // Old events hold a text.
  query: listOf(pair),
  headers: listOf(pair),
  cookies: listOf(pair),
})
export type EventRequest = z.output<typeof eventRequest>

/** The parts of an event by their kind; kinds nobody knows stay out of the way. */
const entry = z.union([
  z.object({ type: z.literal('exception'), data: z.object({ values: listOf(exception) }) }),
  z.object({ type: z.literal('stacktrace'), data: stackTrace }),
  z.object({ type: z.literal('breadcrumbs'), data: z.object({ values: listOf(breadcrumb) }) }),
  z.object({ type: z.literal('request'), data: eventRequest }),
])

const eventUser = z.object({
  id: number,
  username: filledText,
  email: filledText,
  name: filledText,
  ip_address: filledText,
})
export type EventUser = z.output<typeof eventUser>

const tag = z.object({ key: z.string().min(1), value: text })

const eventShape = z
  .object({
    eventID: id,
    title: filledText,
    message: filledText,
    culprit: filledText,
    location: filledText,
    type: filledText,
    platform: filledText,
    dateCreated: date,
    dateReceived: date,
    dist: filledText,
    size: count,
    release: optional(z.object({ version: text })),
    sdk: optional(z.object({ name: filledText, version: filledText })),
    user: optional(eventUser),
    tags: listOf(tag),
    entries: listOf(entry),
    nextEventID: filledText,
    previousEventID: filledText,
  })
  .transform(({ entries, eventID, release, ...event }) => ({
    ...event,
    eventId: eventID,
    releaseVersion: release?.version ?? null,
    exceptions: entries.flatMap((part) => (part.type === 'exception' ? part.data.values : [])),
    stackTrace: entries.find((part) => part.type === 'stacktrace')?.data ?? null,
    breadcrumbs: entries.flatMap((part) => (part.type === 'breadcrumbs' ? part.data.values : [])),
    request: entries.find((part) => part.type === 'request')?.data ?? null,
  }))

/** One event with its parts; `GET organizations/{org}/issues/{issue}/events/{event}/`. */
export type Event = z.output<typeof eventShape>

export type EventPick = 'latest' | 'oldest' | 'recommended'

/**
 * The latest, oldest or most telling event of an issue. `GET organizations/{org}/issues/{issue}/events/{event}/`, scope
 * `event:read`. @throws SentryApiError `not_found` where there is none, as when all are older than Sentry keeps them.
 */
export async function findIssueEvent(
  client: SentryClient,
  organization: OrganizationAddress,
  { issue, pick, environments }: { issue: string; pick: EventPick; environments: readonly string[] },
): Promise<Event> {
  const endpoint = '/api/0/organizations/{org}/issues/{issue}/events/{event}/'
  const { body } = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, issue, event: pick },
    query: { environment: environments },
    regionUrl: organization.regionUrl,
  })
  return readShape(eventShape, body, endpoint)
}
