import type { GraphBuilder } from '../builder.ts'
import { TeamRef } from './team.ts'
import { UserRef } from './user.ts'

/** The reference of the union, for the fields that name whoever it was. */
export type ActorRef = ReturnType<typeof addActor>

export function addActor(builder: GraphBuilder) {
  return builder.unionType('Actor', {
    description: 'Whoever can look after something: a person or a team, by name as `Principal`.',
    types: [UserRef, TeamRef],
    resolveType: ({ globalId }) => globalId.kind,
  })
}
