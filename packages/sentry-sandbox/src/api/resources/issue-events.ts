import type { WorldEvent } from '../../world/event.ts'
import type { Issue } from '../../world/issue.ts'
import { countEvents, eventsBackwards, type EventRange } from '../../world/issue-events.ts'
import { retention } from '../../world/project-history.ts'
import { answerJson, type Answer } from '../answer.ts'
import { ApiError, forbidden, notFound } from '../api-error.ts'
import { limitRate, readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { createEventTest } from '../events/event-filters.ts'
import { presentEvent, presentEventItem } from '../events/event-representation.ts'
import { findNamedEvent, findNeighbours } from '../events/event-selection.ts'
import { findIssue, issueEndpoint } from '../issues/issue-access.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerWindow } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { isOn } from '../parameters/switch.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import { projectEndpoint } from '../project-access.ts'

/** Events are kept for 90 days; without a period all that are kept are meant. */
function readRange({ query, now }: CallerRequest, { organization }: OrganizationAccess): EventRange {
  const isRanged = ['statsPeriod', 'start', 'end'].some((name) => Boolean(query.get(name)))
  const { start, end } = isRanged ? readTimeRange(query, now) : { start: 0, end: now.getTime() }
  return {
    start: Math.max(start, now.getTime() - retention),
    end: Math.min(end, now.getTime()),
    environments: selectEnvironments(query, organization),
  }
}

const list = issueEndpoint('events/', (request, access, issue) => {
  const { query } = request
  const range = readRange(request, access)
  const text = query.getAll('query').at(-1) ?? ''
  const test = createEventTest(text)
  const isFull = isOn(query, 'full')
  const present = (event: WorldEvent) =>
    isFull ? presentEvent(event, findNeighbours(event, request.now.getTime())) : presentEventItem(event)
  return answerWindow(request, filterEvents(issue, range, test), present)
})

function* filterEvents(issue: Issue, range: EventRange, test: (event: WorldEvent) => boolean): Generator<WorldEvent> {
  for (const event of eventsBackwards(issue, range)) if (test(event)) yield event
}

const words = ['latest', 'oldest', 'recommended']
const unknownEvent = 'Event not found. The event ID may be incorrect, or its age exceeded the retention period.'
const noMatchingEvent = 'No matching event found. Try changing the environments, date range, or query.'

const detail = limitRate(
  { group: 'event details', limit: 15, window: 1, concurrency: 15 },
  issueEndpoint('events/:event/', (request, access, issue) => {
    const name = request.params['event'] ?? ''
    if (words.includes(name)) {
      const test = createEventTest(request.query.getAll('query').at(-1) ?? '')
      const event = findNamedEvent(issue, name, readRange(request, access), test)
      if (event === null) throw new ApiError(404, { detail: noMatchingEvent })
      return answerEvent(request, event)
    }
    const event = findEvent(request, name)
    if (event === undefined || findIssue(request, access, event.issue.id) !== issue) {
      throw new ApiError(404, { detail: unknownEvent })
    }
    return answerEvent(request, event)
  }),
)

/** With dashes or without; nothing that is older than events are kept. */
function findEvent({ world, now }: CallerRequest, id: string): WorldEvent | undefined {
  const event = world.findEvent(id.replaceAll('-', '').toLowerCase())
  return event !== undefined && event.moment >= now.getTime() - retention ? event : undefined
}

function answerEvent(request: CallerRequest, event: WorldEvent): Answer {
  const whole = presentEvent(event, findNeighbours(event, request.now.getTime()))
  if (request.query.getAll('collapse').includes('stacktraceOnly')) return answerJson(reduce(whole))
  const format = request.query.get('llmFormat')
  if (format !== 'markdown' && format !== 'xml') return answerJson(whole)
  const { title, culprit } = event.issue
  const content =
    format === 'xml' ? `<event><title>${escapeXml(title)}</title></event>` : `# ${title}\n\n${culprit ?? ''}\n`
  return answerJson({ ...whole, formatted: { format, content } })
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The event without anything but its stack traces. */
function reduce(whole: object): object {
  const { id, eventID, entries } = whole as { id: string; eventID: string; entries: { type: string }[] }
  return { id, eventID, entries: entries.filter(({ type }) => ['exception', 'threads', 'stacktrace'].includes(type)) }
}

const projectEvent = limitRate(
  { group: 'project event details', limit: 15, window: 1, concurrency: 15 },
  projectEndpoint(
    'projects/:organization/:project/events/:event/',
    readScopes('project'),
    (request, _access, project) => {
      const event = findEvent(request, request.params['event'] ?? '')
      if (event?.issue.project !== project) throw new ApiError(404, { detail: 'Event not found' })
      return answerEvent(request, event)
    },
  ),
)

const projectEvents = projectEndpoint(
  'projects/:organization/:project/events/',
  readScopes('project'),
  (request, access, project) => {
    const range = readRange(request, access)
    const issues = request.world.historyOf(project).issuesAt(request.now.getTime())
    const newest = issues
      .filter((issue) => countEvents(issue, range) > 0)
      .flatMap((issue) => [...take(eventsBackwards(issue, range), 200)])
      .toSorted((left, right) => right.moment - left.moment)
    const isFull = isOn(request.query, 'full')
    return answerWindow(request, newest.slice(0, 200), (event) =>
      isFull ? presentEvent(event, findNeighbours(event, request.now.getTime())) : presentEventItem(event),
    )
  },
)

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  let left = most
  for (const item of items) {
    if (left === 0) return
    left -= 1
    yield item
  }
}

const byEventId = organizationEndpoint(
  'organizations/:organization/eventids/:event/',
  readScopes('org'),
  (request, access) => {
    const event = findEvent(request, request.params['event'] ?? '')
    if (event === undefined || event.issue.organization !== access.organization) throw notFound()
    if (!hasProjectAccess(access, event.issue.project)) throw forbidden()
    return answerJson({
      organizationSlug: access.organization.slug,
      projectSlug: event.issue.project.slug,
      groupId: (findIssue(request, access, event.issue.id) ?? event.issue).id,
      eventId: event.id,
      event: presentEvent(event, findNeighbours(event, request.now.getTime())),
    })
  },
)

export const issueEventEndpoints: readonly Endpoint[] = [list, detail, projectEvent, projectEvents, byEventId]
