import { ObjectRef } from '@pothos/core'
import type { EventRequest } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'

export const EventRequestRef = new ObjectRef<GraphTypes, EventRequest>('EventRequest')
const RequestValueRef = new ObjectRef<GraphTypes, EventRequest['headers'][number]>('RequestValue')

const mayBePersonal = `May hold personal data. ${source}`

export function addEventRequest(builder: GraphBuilder): void {
  builder.objectType(RequestValueRef, {
    description: 'A named value of a request.',
    fields: (t) => ({
      name: t.string({ nullable: false, description: `Its name. ${source}`, resolve: ([name]) => name }),
      value: t.string({ description: `What it held. ${mayBePersonal}`, resolve: ([, value]) => value }),
    }),
  })
  builder.objectType(EventRequestRef, {
    description: 'The HTTP request during which an event happened.',
    fields: (t) => ({
      method: t.exposeString('method', { description: `Its method. ${source}` }),
      url: t.exposeString('url', { description: `Its address, without the query. ${source}` }),
      query: t.field({
        type: [RequestValueRef],
        nullable: false,
        description: `The parameters of its query. ${mayBePersonal}`,
        resolve: ({ query }) => query,
      }),
      headers: t.field({
        type: [RequestValueRef],
        nullable: false,
        description: `Its headers. ${mayBePersonal}`,
        resolve: ({ headers }) => headers,
      }),
      data: t.expose('data', { type: 'JSON', description: `What it sent. ${mayBePersonal}` }),
      cookies: t.field({
        type: [RequestValueRef],
        nullable: false,
        description: `Its cookies. ${mayBePersonal}`,
        resolve: ({ cookies }) => cookies,
      }),
    }),
  })
}
