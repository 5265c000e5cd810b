import { InterfaceRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { NodeSource } from '../node-source.ts'

export const UniformResourceLocatableRef = new InterfaceRef<GraphTypes, NodeSource>('UniformResourceLocatable')

export function addUniformResourceLocatable(builder: GraphBuilder): void {
  builder.interfaceType(UniformResourceLocatableRef, {
    description: 'Anything with a page in Sentry’s web UI.',
    resolveType: ({ globalId }) => globalId.kind,
    fields: (t) => ({
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        resolve: () => null,
      }),
    }),
  })
}
