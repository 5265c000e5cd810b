import { ObjectRef } from '@pothos/core'
import type { Breadcrumb } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'

export const BreadcrumbRef = new ObjectRef<GraphTypes, Breadcrumb>('Breadcrumb')

export function addBreadcrumb(builder: GraphBuilder): void {
  builder.objectType(BreadcrumbRef, {
    description: 'Something that happened before an event.',
    fields: (t) => ({
      at: t.expose('timestamp', { type: 'DateTime', description: `When it happened. ${source}` }),
      type: t.exposeString('type', { description: `What kind of thing it is, such as \`http\`. ${source}` }),
      category: t.exposeString('category', { description: `Where it happened, such as \`ui.click\`. ${source}` }),
      level: t.exposeString('level', { description: `How bad it was, in the words of the sender. ${source}` }),
      message: t.exposeString('message', { description: `What happened. ${source}` }),
      data: t.expose('data', {
        type: 'JSON',
        description: `What belongs to it by its type, such as the \`url\` of a request. May hold personal data. ${source}`,
      }),
    }),
  })
}
