import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { anything, count, date, filledText, flag, id, listOf, optional, requiredText, text } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'

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
  vars: anything,
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

const thread = z.object({
  id: number,
  name: filledText,
  crashed: flag,
  current: flag,
  stacktrace: optional(stackTrace),
})
export type EventThread = z.output<typeof thread>

const breadcrumb = z.object({
  timestamp: date,
  type: filledText,
  category: filledText,
  level: filledText,
  message: filledText,
  data: anything,
})
export type Breadcrumb = z.output<typeof breadcrumb>

const eventRequest = z.object({
  method: filledText,
  url: filledText,
  fragment: filledText,
  // Old events hold a text.
  query: z.preprocess((value) => (typeof value === 'string' ? [...new URLSearchParams(value)] : value), listOf(pair)),
  headers: listOf(pair),
  cookies: listOf(pair),
  data: anything,
})
export type EventRequest = z.output<typeof eventRequest>

/** The parts of an event by their kind; kinds nobody knows stay out of the way. */
const entry = z.union([
  z.object({ type: z.literal('exception'), data: z.object({ values: listOf(exception) }) }),
  z.object({ type: z.literal('threads'), data: z.object({ values: listOf(thread) }) }),
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
  geo: optional(z.object({ country_code: filledText })),
})
export type EventUser = z.output<typeof eventUser>

const tag = z.object({ key: z.string().min(1), value: text })

const processingError = z.object({ type: requiredText, message: filledText, data: anything })
export type ProcessingError = z.output<typeof processingError>

const isObject = (value: unknown) => typeof value === 'object' && value !== null

const eventShape = z
  .preprocess(
    // Lists of events that were not asked for in full name the type by a key with a dot.
    (body) => (isObject(body) ? { type: 'event.type' in body ? body['event.type'] : null, ...body, raw: body } : body),
    z.object({
      eventID: id,
      groupID: number,
      projectID: number,
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
      release: optional(z.object({ version: filledText })),
      sdk: optional(z.object({ name: filledText, version: filledText })),
      user: optional(eventUser),
      tags: listOf(tag),
      entries: listOf(entry),
      contexts: anything,
      context: anything,
      errors: listOf(processingError),
      nextEventID: filledText,
      previousEventID: filledText,
      raw: anything,
    }),
  )
  .transform(({ entries, eventID, groupID, projectID, release, ...event }) => ({
    ...event,
    eventId: eventID,
    issueId: groupID,
    projectId: projectID,
    releaseVersion: release?.version ?? null,
    exceptions: entries.flatMap((part) => (part.type === 'exception' ? part.data.values : [])),
    threads: entries.flatMap((part) => (part.type === 'threads' ? part.data.values : [])),
    stackTrace: entries.find((part) => part.type === 'stacktrace')?.data ?? null,
    breadcrumbs: entries.flatMap((part) => (part.type === 'breadcrumbs' ? part.data.values : [])),
    request: entries.find((part) => part.type === 'request')?.data ?? null,
  }))

/**
 * One event with its parts, which a list brings along only where it was asked for in full; `raw` is what Sentry sent.
 * `GET organizations/{org}/issues/{issue}/events/{event}/`.
 */
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
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, issue, event: pick },
    query: { environment: environments },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  })
  return readShape(eventShape, answer, endpoint)
}

/** One page of an issue’s events, the newest first. `GET organizations/{org}/issues/{issue}/events/`, scope `event:read`. */
export function listIssueEvents(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & {
    issue: string
    /** Sentry's search syntax; null for all. */
    query: string | null
    /** Null for all that Sentry keeps. */
    range: TimeRange | null
    /** Whether to ask for the parts of each event: exceptions, breadcrumbs, request and all else. */
    full: boolean
  },
): Promise<Page<Event>> {
  const { issue, query, range, full, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/issues/{issue}/events/',
    parameters: { org: organization.idOrSlug, issue },
    query: { query, full: full ? 'true' : null, ...rangeParameters(range) },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  }
  return getPage(client, request, page, eventShape)
}

const eventIdShape = z.object({ groupId: number, event: eventShape })

/** One event of any issue by its id, 32 hex digits. `GET organizations/{org}/eventids/{event}/`, scope `org:read`. */
export async function findEvent(
  client: SentryClient,
  organization: OrganizationAddress,
  eventId: string,
): Promise<Event> {
  const endpoint = '/api/0/organizations/{org}/eventids/{event}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, event: eventId },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  })
  const { groupId, event } = readShape(eventIdShape, answer, endpoint)
  return { ...event, issueId: event.issueId ?? groupId }
}
