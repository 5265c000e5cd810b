import { ObjectRef } from '@pothos/core'
import type { EventThread } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { StackTraceRef } from './stack-trace.ts'

export const EventThreadRef = new ObjectRef<GraphTypes, EventThread>('EventThread')

export function addEventThread(builder: GraphBuilder): void {
  builder.objectType(EventThreadRef, {
    description: 'A thread that ran when an event happened.',
    fields: (t) => ({
      id: t.exposeString('id', { description: `The sender’s id of it, which other events use as well. ${source}` }),
      name: t.exposeString('name', { description: `Its name. ${source}` }),
      hasCrashed: t.exposeBoolean('crashed', { description: `Whether it ended the application. ${source}` }),
      isCurrent: t.exposeBoolean('current', { description: `Whether the event was sent from it. ${source}` }),
      stackTrace: t.expose('stacktrace', {
        type: StackTraceRef,
        description: `Where it was; null for the thread of the exception, which tells it. ${source}`,
      }),
    }),
  })
}
