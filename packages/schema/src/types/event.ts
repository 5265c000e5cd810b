import { ObjectRef } from '@pothos/core'
import type { Event } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { GraphError } from '../graph-error.ts'
import { stackTraceText } from '../stack-trace-text.ts'
import { BreadcrumbRef } from './breadcrumb.ts'
import { EventRequestRef } from './event-request.ts'
import { EventUserRef } from './event-user.ts'
import { ExceptionValueRef } from './exception-value.ts'
import { StackTraceRef } from './stack-trace.ts'

export const EventRef = new ObjectRef<GraphTypes, Event>('Event')
const EventTagRef = new ObjectRef<GraphTypes, Event['tags'][number]>('EventTag')
const SdkRef = new ObjectRef<GraphTypes, NonNullable<Event['sdk']>>('Sdk')

const MOST_BREADCRUMBS = 1000

export function addEvent(builder: GraphBuilder): void {
  builder.objectType(EventTagRef, {
    description: 'A tag of an event.',
    fields: (t) => ({
      key: t.exposeString('key', { nullable: false, description: `Its name, such as \`browser\`. ${source}` }),
      value: t.exposeString('value', { description: `What it says. ${source}` }),
    }),
  })
  builder.objectType(SdkRef, {
    description: 'What sent an event.',
    fields: (t) => ({
      name: t.exposeString('name', { description: `The SDK, such as \`sentry.python\`. ${source}` }),
      version: t.exposeString('version', { description: `Its version. ${source}` }),
    }),
  })
  builder.objectType(EventRef, {
    description: `One time that something happened. ${source}`,
    fields: (t) => ({
      eventId: t.exposeString('eventId', { nullable: false, description: `Sentry’s id, 32 hex digits. ${source}` }),
      title: t.exposeString('title', { description: `Its headline. ${source}` }),
      message: t.exposeString('message', { description: `What was logged. ${source}` }),
      culprit: t.exposeString('culprit', { description: `Where in the code it comes from. ${source}` }),
      location: t.exposeString('location', { description: `The file or page it comes from. ${source}` }),
      type: t.exposeString('type', { description: `What kind of event it is, in Sentry’s growing list. ${source}` }),
      platform: t.exposeString('platform', { description: `What it was sent by, in Sentry’s growing list. ${source}` }),
      occurredAt: t.expose('dateCreated', {
        type: 'DateTime',
        description: `When it happened; null for transactions, which last. ${source}`,
      }),
      receivedAt: t.expose('dateReceived', { type: 'DateTime', description: `When Sentry got it. ${source}` }),
      sizeBytes: t.exposeInt('size', { description: `Its size in bytes. ${source}` }),
      releaseVersion: t.exposeString('releaseVersion', { description: `The version of its release. ${source}` }),
      environment: t.string({
        description: `Where it happened, such as \`production\`. ${source}`,
        resolve: ({ tags }) => tags.find(({ key }) => key === 'environment')?.value,
      }),
      dist: t.exposeString('dist', { description: `The build of the release. ${source}` }),
      sdk: t.expose('sdk', { type: SdkRef, description: `What sent it. ${source}` }),
      user: t.expose('user', { type: EventUserRef, description: `Whom it happened to. ${source}` }),
      tags: t.field({
        type: [EventTagRef],
        nullable: false,
        description: `Its tags. ${source}`,
        resolve: ({ tags }) => tags,
      }),
      exceptions: t.field({
        type: [ExceptionValueRef],
        nullable: false,
        description: `Its exceptions: a cause comes before what it caused. ${source}`,
        resolve: ({ exceptions }) => exceptions,
      }),
      stackTrace: t.expose('stackTrace', {
        type: StackTraceRef,
        description: `Where it happened, when there was no exception. ${source}`,
      }),
      breadcrumbs: t.field({
        type: [BreadcrumbRef],
        nullable: false,
        description: `What happened before, the oldest first. ${source}`,
        args: { last: t.arg.int({ defaultValue: 100, description: 'The most recent ones, 1 to 1,000.' }) },
        resolve: ({ breadcrumbs }, { last }) => breadcrumbs.slice(-readLast(last)),
      }),
      request: t.expose('request', {
        type: EventRequestRef,
        description: `The HTTP request during which it happened. ${source}`,
      }),
      stackTraceText: t.string({
        description: `Its exceptions with their frames as plain text; null where there is no stack trace. ${source}`,
        args: {
          newestFirst: t.arg.boolean({
            required: true,
            defaultValue: true,
            description: 'Whether to begin where it was thrown.',
          }),
          inAppOnly: t.arg.boolean({
            required: true,
            defaultValue: false,
            description: 'Whether to leave out frames that are not the application’s own.',
          }),
        },
        resolve: (event, options) => stackTraceText(event, options),
      }),
      nextEventId: t.exposeString('nextEventID', { description: `The next event of the issue. ${source}` }),
      previousEventId: t.exposeString('previousEventID', {
        description: `The event of the issue before it. ${source}`,
      }),
    }),
  })
}

function readLast(last: number | null | undefined): number {
  const wanted = last ?? 100
  if (wanted >= 1 && wanted <= MOST_BREADCRUMBS) return wanted
  throw new GraphError('BAD_USER_INPUT', `"last" takes a number from 1 to ${MOST_BREADCRUMBS}.`)
}
