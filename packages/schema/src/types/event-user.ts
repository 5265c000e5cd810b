import { ObjectRef } from '@pothos/core'
import type { EventUser } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'

export const EventUserRef = new ObjectRef<GraphTypes, EventUser>('EventUser')

export function addEventUser(builder: GraphBuilder): void {
  builder.objectType(EventUserRef, {
    description: 'Whom an event happened to, as far as the application told; no user of Sentry.',
    fields: (t) => ({
      id: t.exposeString('id', { description: `The application’s id of the person. ${source}` }),
      username: t.exposeString('username', { description: `The name the person signs in with. ${source}` }),
      email: t.exposeString('email', { description: `The address of the person. ${source}` }),
      name: t.exposeString('name', { description: `The person’s name. ${source}` }),
      country: t.string({
        description: `The country the address belongs to, two letters. ${source}`,
        resolve: ({ geo }) => geo?.country_code,
      }),
      ipAddress: t.exposeString('ip_address', { description: `The IP address the person came from. ${source}` }),
    }),
  })
}
