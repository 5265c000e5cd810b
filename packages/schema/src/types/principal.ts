import { InterfaceRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { TeamSource, UserSource } from '../node-source.ts'
import { NodeRef } from './node.ts'

export const PrincipalRef = new InterfaceRef<GraphTypes, UserSource | TeamSource>('Principal')

const source = 'Whoever names it tells this; no Sentry call of its own.'

export function addPrincipal(builder: GraphBuilder): void {
  builder.interfaceType(PrincipalRef, {
    description: 'What a person and a team have in common: `... on Principal { name }` names any actor.',
    interfaces: [NodeRef],
    resolveType: ({ globalId }) => globalId.kind,
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ reference }) => reference.id,
      }),
      name: t.string({
        description: `What to call it; null for a person without a name. ${source}`,
        resolve: ({ reference }) => reference.name,
      }),
    }),
  })
}
