import type { ObjectRef } from '@pothos/core'
import { findIssueEvent, listIssueEvents } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { eventEndpoint } from '../event-endpoint.ts'
import { readEnvironmentNames } from '../environment-names.ts'
import { addressOf, eventSource, type EventSource, type IssueSource } from '../node-source.ts'
import { connectPages } from '../page-connection.ts'
import { readSearchText } from '../search-text.ts'
import { selectionOf } from '../selection.ts'
import { readTimeRange } from '../time-range.ts'
import { addEventPick } from './event-pick.ts'
import { EventRef } from './event.ts'
import { TimeRangeRef } from './time-range.ts'

const EventConnectionRef = connectionRef<EventSource>('Event')

const listEndpoint = 'GET organizations/{org}/issues/{issue}/events/'

export function addIssueEvents(builder: GraphBuilder, issue: ObjectRef<GraphTypes, IssueSource>): void {
  const pick = addEventPick(builder)
  addConnection(builder, EventConnectionRef, EventRef)

  builder.objectField(issue, 'event', (t) =>
    t.field({
      type: EventRef,
      description: `One event with its exceptions, breadcrumbs and request; null with \`NOT_FOUND\` when Sentry keeps none. Costs a call per issue: ${eventEndpoint}.`,
      args: {
        pick: t.arg({ type: pick, required: true, defaultValue: 'recommended', description: 'Which one.' }),
        environments: t.arg.stringList({ description: 'Of one of these environments, at most 50.' }),
      },
      extensions: asksSentry({
        endpoint: 'GET organizations/{org}/issues/{issue}/events/{event}/',
        serves: 'parent',
      }),
      resolve: async (source, { pick: picked, environments }, context) => {
        const { sentry } = requireSignedIn(context)
        const { organization, record } = source
        const event = await findIssueEvent(sentry, addressOf(organization), {
          issue: record.id,
          pick: picked,
          environments: readEnvironmentNames(environments),
        })
        return eventSource(organization, event, source)
      },
    }),
  )

  builder.objectField(issue, 'events', (t) =>
    t.field({
      type: EventConnectionRef,
      description: `Its events, the newest first; with their exceptions, breadcrumbs and the like where those are selected. Costs a call per issue: \`${listEndpoint}\` (scope \`event:read\`).`,
      args: {
        query: t.arg.string({ description: 'Sentry’s search syntax, such as `environment:production`.' }),
        range: t.arg({ type: TimeRangeRef, description: 'When they happened; all that Sentry keeps when left out.' }),
        ...connectionArguments(t.arg),
      },
      extensions: asksSentry({ endpoint: listEndpoint, serves: 'parent' }),
      resolve: async (source, { query: text, range: span, ...args }, context, info) => {
        const { sentry } = requireSignedIn(context)
        const { organization, record } = source
        const [query, range] = [readSearchText(text), span ? readTimeRange(span) : null]
        const search = { issue: record.id, query, range, full: selectionOf(info, 'Event').hasOtherThan(carriedByList) }
        return await connectPages(args, {
          identity: ['Issue.events', organization.sentryId, record.id, query, JSON.stringify(range)],
          page: (options) => listIssueEvents(sentry, addressOf(organization), { ...options, ...search }),
          node: (event) => eventSource(organization, event, source),
        })
      },
    }),
  )
}

/** What a list says of each event even when it is not asked for them in full. */
const carriedByList = new Set([
  '__typename',
  'id',
  'eventId',
  'title',
  'message',
  'culprit',
  'location',
  'type',
  'platform',
  'occurredAt',
  'permalink',
  'issue',
  'project',
  'organization',
  'environment',
  'user',
  'tags',
])
