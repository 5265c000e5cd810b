import { ObjectRef } from '@pothos/core'
import type { ExceptionValue } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { StackTraceRef } from './stack-trace.ts'

export const ExceptionValueRef = new ObjectRef<GraphTypes, ExceptionValue>('ExceptionValue')

export function addExceptionValue(builder: GraphBuilder): void {
  builder.objectType(ExceptionValueRef, {
    description: 'An exception of an event.',
    fields: (t) => ({
      type: t.exposeString('type', { description: `Its class, such as \`TypeError\`. ${source}` }),
      value: t.exposeString('value', { description: `Its message. ${source}` }),
      module: t.exposeString('module', { description: `The module of its class. ${source}` }),
      handled: t.boolean({
        description: `Whether the application caught it; null where nobody said. ${source}`,
        resolve: ({ mechanism }) => mechanism?.handled,
      }),
      mechanism: t.string({
        description: `How it came to be noticed, such as \`onerror\`. ${source}`,
        resolve: ({ mechanism }) => mechanism?.type,
      }),
      stackTrace: t.expose('stacktrace', { type: StackTraceRef, description: `Where it was thrown. ${source}` }),
    }),
  })
}
