import type { GraphBuilder } from '../builder.ts'
import { TeamRef } from './team.ts'
import { UserRef } from './user.ts'

export function addActor(builder: GraphBuilder) {
  return builder.unionType('Actor', {
    description: 'Whoever can look after something: a person or a team.',
    types: [UserRef, TeamRef],
    resolveType: ({ globalId }) => globalId.kind,
  })
}
