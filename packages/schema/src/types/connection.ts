import { InterfaceRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { ConnectionSource } from '../connection.ts'
import { PageInfoRef } from './page-info.ts'

export const ConnectionRef = new InterfaceRef<GraphTypes, ConnectionSource<unknown>>('Connection')

export function addConnectionInterface(builder: GraphBuilder): void {
  builder.interfaceType(ConnectionRef, {
    description: 'A part of a list that can grow, walked forward with `first` and `after` (Relay cursor connections).',
    fields: (t) => ({
      pageInfo: t.field({
        type: PageInfoRef,
        nullable: false,
        description: 'Where this part stands in the whole list. No Sentry call of its own.',
        resolve: (connection) => connection,
      }),
      totalCount: t.field({
        type: 'Count',
        description:
          'How many there are in all: known when this part is the whole list or Sentry counts (`X-Hits`), else null, which is not zero. No Sentry call of its own.',
        resolve: (connection) => connection.totalCount,
      }),
      totalCountIsCapped: t.exposeBoolean('totalCountIsCapped', {
        nullable: false,
        description:
          'Whether Sentry stopped counting at `totalCount` (`X-Max-Hits`), so that there may be more. No Sentry call of its own.',
      }),
    }),
  })
}
