import { type ArgBuilder, ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from './builder.ts'
import { GraphError } from './graph-error.ts'
import { ConnectionRef } from './types/connection.ts'

export const DEFAULT_FIRST = 25
export const LARGEST_FIRST = 100

export interface ConnectionSource<Source> {
  nodes: readonly Source[]
  /** Where to go on after the node of this index. Told only where it is asked for: it costs more than a node. */
  cursorAt: (index: number) => string
  /** Where to go on after this part; null when it is empty and nothing follows. */
  endCursor: () => string | null
  hasNextPage: boolean
  hasPreviousPage: boolean
  /** Null when nothing proves it. */
  totalCount: number | null
  /** Whether Sentry stopped counting there. */
  totalCountIsCapped: boolean
}

/** The place of one node in a connection. */
export interface Edge<Source> {
  connection: ConnectionSource<Source>
  index: number
  node: Source
}

export interface ConnectionArguments {
  first?: number | null | undefined
  after?: string | null | undefined
}

export type ConnectionObjectRef<Source> = ObjectRef<GraphTypes, ConnectionSource<Source>>

/** The reference of a connection type, for fields to name before `addConnection` has filled it. */
export function connectionRef<Source>(nodeName: string): ConnectionObjectRef<Source> {
  return new ObjectRef(`${nodeName}Connection`)
}

export function connectionArguments(arg: ArgBuilder<GraphTypes>) {
  return {
    first: arg.int({ defaultValue: DEFAULT_FIRST, description: 'How many at most: 1 to 100.' }),
    after: arg.string({ description: 'Where to go on: the `endCursor` (or an edge’s `cursor`) of the same list.' }),
  }
}

export type EdgeRef = ObjectRef<GraphTypes, Edge<object>>

/** How many items are wanted. @throws GraphError `BAD_USER_INPUT` for a number that no page has. */
export function readFirst(first: number | null | undefined): number {
  const wanted = first ?? DEFAULT_FIRST
  if (wanted < 1 || wanted > LARGEST_FIRST) {
    throw new GraphError('BAD_USER_INPUT', `"first" takes a number from 1 to ${LARGEST_FIRST}.`)
  }
  return wanted
}

/** Adds `XConnection` and `XEdge` for a type; gives the edge, for other connections of the type. */
export function addConnection(
  builder: GraphBuilder,
  connection: ConnectionObjectRef<object>,
  node: ObjectRef<GraphTypes, object>,
): EdgeRef {
  const edge = new ObjectRef<GraphTypes, Edge<object>>(`${node.name}Edge`)
  builder.objectType(edge, {
    description: `One ${node.name} at its place in a list.`,
    fields: (t) => ({
      cursor: t.string({
        nullable: false,
        description: 'The place after this item, for `after`. No Sentry call.',
        resolve: ({ connection, index }) => connection.cursorAt(index),
      }),
      node: t.field({
        type: node,
        nullable: false,
        description: `The ${node.name}. No Sentry call of its own.`,
        resolve: (parent) => parent.node,
      }),
    }),
  })
  addConnectionType(builder, connection, { node, edge })
  return edge
}

/** Adds a connection type over an edge that is there already. */
export function addConnectionType(
  builder: GraphBuilder,
  connection: ObjectRef<GraphTypes, ConnectionSource<object>>,
  { node, edge }: { node: ObjectRef<GraphTypes, object>; edge: EdgeRef },
): void {
  builder.objectType(connection, {
    description: `A part of a list of ${node.name} nodes.`,
    interfaces: [ConnectionRef],
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: false,
        description: 'The items with their places. No Sentry call of its own.',
        resolve: (parent) => parent.nodes.map((item, index) => ({ connection: parent, index, node: item })),
      }),
      nodes: t.field({
        type: [node],
        nullable: false,
        description: 'The items without their places. No Sentry call of its own.',
        resolve: (parent) => parent.nodes,
      }),
    }),
  })
}
