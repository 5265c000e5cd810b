import { InterfaceRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { requireSignedIn } from '../context.ts'
import { decodeGlobalId, encodeGlobalId } from '../global-id.ts'
import { GraphError } from '../graph-error.ts'
import { findsNodes } from '../node-calls.ts'
import { findNode } from '../node-finders.ts'
import type { NodeSource } from '../node-source.ts'
import { wantedParts } from '../wanted-parts.ts'

const MOST_IDS = 100
// Of more releases than these, sessions tell the health in one cheaper call.

export const NodeRef = new InterfaceRef<GraphTypes, NodeSource>('Node')

const source =
  'Costs a call to the list of its kind, such as `GET organizations/{org}/projects/?query=id:…` (scope `org:read`; users `member:read`), a member one to `GET organizations/{org}/members/{member}/` (scope `member:read`), a release one to `GET organizations/{org}/releases/{version}/` (scope `project:read`); the viewer and their user none.'

export function addNode(builder: GraphBuilder): void {
  builder.interfaceType(NodeRef, {
    description: 'Anything that can be asked for again by its id.',
    resolveType: ({ globalId }) => globalId.kind,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: 'Opaque, stable, globally unique; made of Sentry’s numeric ids, never of slugs. No Sentry call.',
        resolve: ({ globalId }) => encodeGlobalId(globalId),
      }),
    }),
  })

  builder.queryField('node', (t) =>
    t.field({
      type: NodeRef,
      description: `One node by its id; null with \`NOT_FOUND\` when it is gone or not yours to see. ${source}`,
      args: { id: t.arg.id({ required: true, description: 'An id as this graph gave it.' }) },
      extensions: findsNodes(({ id }) => [id]),
      resolve: (_, { id }, context, info) =>
        findNode(requireSignedIn(context), decodeGlobalId(id), wantedParts(info, 1)),
    }),
  )

  builder.queryField('nodes', (t) =>
    t.field({
      type: [NodeRef],
      nullable: { list: false, items: true },
      description: `Several nodes in the order of their ids, null with an error where one is not found or an id is none. One call serves all of a kind and an organization, except for members, events, releases, monitors and replays: Sentry gives those one by one. ${source}`,
      args: { ids: t.arg.idList({ required: true, description: 'At most 100 ids as this graph gave them.' }) },
      extensions: findsNodes(({ ids }) => (Array.isArray(ids) ? ids : [])),
      resolve: (_, { ids }, context, info) => {
        const signedIn = requireSignedIn(context)
        if (ids.length > MOST_IDS) throw new GraphError('BAD_USER_INPUT', `"ids" takes at most ${MOST_IDS} ids.`)
        const wanted = wantedParts(info, ids.length)
        return ids.map(async (id) => await findNode(signedIn, decodeGlobalId(id), wanted))
      },
    }),
  )
}
