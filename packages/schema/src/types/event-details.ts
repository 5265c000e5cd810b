import { ObjectRef } from '@pothos/core'
import type { Event, ProcessingError } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { givesReference } from '../call-plan.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { GraphError } from '../graph-error.ts'
import { type EventSource, releaseSource } from '../node-source.ts'
import { stackTraceText } from '../stack-trace-text.ts'
import { BreadcrumbRef } from './breadcrumb.ts'
import { EventRequestRef } from './event-request.ts'
import { EventThreadRef } from './event-thread.ts'
import { ExceptionValueRef } from './exception-value.ts'
import { ReleaseRef } from './release.ts'
import { StackTraceRef } from './stack-trace.ts'

const SdkRef = new ObjectRef<GraphTypes, NonNullable<Event['sdk']>>('Sdk')
const ProcessingErrorRef = new ObjectRef<GraphTypes, ProcessingError>('ProcessingError')

const MOST_BREADCRUMBS = 1000

/** What a list of events brings along only where it is selected. */
export function addEventDetails(builder: GraphBuilder, event: ObjectRef<GraphTypes, EventSource>): void {
  builder.objectType(SdkRef, {
    description: 'What sent an event.',
    fields: (t) => ({
      name: t.exposeString('name', { description: `The SDK, such as \`sentry.python\`. ${source}` }),
      version: t.exposeString('version', { description: `Its version. ${source}` }),
    }),
  })
  builder.objectType(ProcessingErrorRef, {
    description: 'What Sentry could not do with an event, such as finding its source code.',
    fields: (t) => ({
      type: t.exposeString('type', {
        nullable: false,
        description: `What went wrong, in Sentry’s growing list: \`js_no_source\`. ${source}`,
      }),
      message: t.exposeString('message', { description: `The same as a sentence. ${source}` }),
      data: t.expose('data', { type: 'JSON', description: `What belongs to it, such as an address. ${source}` }),
    }),
  })

  builder.objectFields(event, (t) => ({
    receivedAt: t.field({
      type: 'DateTime',
      description: `When Sentry got it. ${source}`,
      resolve: ({ record }) => record.dateReceived,
    }),
    sizeBytes: t.int({ description: `Its size in bytes. ${source}`, resolve: ({ record }) => record.size }),
    releaseVersion: t.string({
      description: `The version of its release. ${source}`,
      resolve: ({ record }) => record.releaseVersion,
    }),
    release: t.field({
      type: ReleaseRef,
      description: `Its release; null where Sentry has forgotten it. The version comes along, the rest costs a call per version: \`GET organizations/{org}/releases/{version}/\` (scope \`project:read\`).`,
      extensions: givesReference,
      resolve: ({ organization, record }) =>
        record.releaseVersion === null ? null : releaseSource(organization, { version: record.releaseVersion }),
    }),
    dist: t.string({ description: `The build of the release. ${source}`, resolve: ({ record }) => record.dist }),
    sdk: t.field({ type: SdkRef, description: `What sent it. ${source}`, resolve: ({ record }) => record.sdk }),
    exceptions: t.field({
      type: [ExceptionValueRef],
      nullable: false,
      description: `Its exceptions: a cause comes before what it caused. ${source}`,
      resolve: ({ record }) => record.exceptions,
    }),
    threads: t.field({
      type: [EventThreadRef],
      nullable: false,
      description: `The threads that ran. ${source}`,
      resolve: ({ record }) => record.threads,
    }),
    stackTrace: t.field({
      type: StackTraceRef,
      description: `Where it happened, when there was no exception. ${source}`,
      resolve: ({ record }) => record.stackTrace,
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
      resolve: ({ record }, options) => stackTraceText(record, options),
    }),
    breadcrumbs: t.field({
      type: [BreadcrumbRef],
      nullable: false,
      description: `What happened before, the oldest first. ${source}`,
      args: { last: t.arg.int({ defaultValue: 100, description: 'The most recent ones, 1 to 1,000.' }) },
      resolve: ({ record }, { last }) => record.breadcrumbs.slice(-readLast(last)),
    }),
    request: t.field({
      type: EventRequestRef,
      description: `The HTTP request during which it happened. ${source}`,
      resolve: ({ record }) => record.request,
    }),
    contexts: t.field({
      type: 'JSON',
      description: `What the sender told of its surroundings, by name: \`browser\`, \`os\`, \`trace\`. May hold personal data. ${source}`,
      resolve: ({ record }) => record.contexts,
    }),
    extra: t.field({
      type: 'JSON',
      description: `What the sender added without saying where it belongs. May hold personal data. ${source}`,
      resolve: ({ record }) => record.context,
    }),
    processingErrors: t.field({
      type: [ProcessingErrorRef],
      nullable: false,
      description: `What Sentry could not do with it. ${source}`,
      resolve: ({ record }) => record.errors,
    }),
    nextEventId: t.string({
      description: `The next event of the issue. ${source}`,
      resolve: ({ record }) => record.nextEventID,
    }),
    previousEventId: t.string({
      description: `The event of the issue before it. ${source}`,
      resolve: ({ record }) => record.previousEventID,
    }),
    raw: t.field({
      type: 'JSON',
      description: `All that Sentry sent of it, as it was sent, for what this graph has no field for. May hold personal data. ${source}`,
      resolve: ({ record }) => record.raw,
    }),
  }))
}

function readLast(last: number | null | undefined): number {
  const wanted = last ?? 100
  if (wanted >= 1 && wanted <= MOST_BREADCRUMBS) return wanted
  throw new GraphError('BAD_USER_INPUT', `"last" takes a number from 1 to ${MOST_BREADCRUMBS}.`)
}
