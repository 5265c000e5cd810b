import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { ConnectionSource } from '../connection.ts'

export const PageInfoRef = new ObjectRef<GraphTypes, ConnectionSource<unknown>>('PageInfo')

export function addPageInfo(builder: GraphBuilder): void {
  builder.objectType(PageInfoRef, {
    description:
      'Where a part of a list stands in the whole. Read from the `Link` header of the answer that holds the part.',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', {
        nullable: false,
        description: 'Whether more follows: ask again with `after: endCursor`. No Sentry call of its own.',
      }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        nullable: false,
        description: 'Whether something comes before: true whenever `after` was given. No Sentry call of its own.',
      }),
      startCursor: t.string({
        description: 'The cursor of the first item; null when there is none. No Sentry call of its own.',
        resolve: ({ nodes, cursorAt }) => (nodes.length > 0 ? cursorAt(0) : null),
      }),
      endCursor: t.string({
        description:
          'The cursor of the last item; of a part without items the place where the list goes on, null when it does not. No Sentry call of its own.',
        resolve: (connection) => connection.endCursor(),
      }),
    }),
  })
}
