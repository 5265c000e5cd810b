import type { GraphQLField, GraphQLSchema } from 'graphql'
import { type GraphContext, requireSignedIn } from './context.ts'
import { GraphError } from './graph-error.ts'
import type { SessionFacts } from './session-actions.ts'

type EndsItself = (args: Readonly<Record<string, unknown>>, session: SessionFacts) => boolean

/** The `extensions` of a mutation that a session which may only read may ask for where it ends that session alone. */
export function mayEndItself(endsItself: EndsItself): { endsItself: EndsItself } {
  return { endsItself }
}

/**
 * Puts the same two questions before every mutation there is, now and later: whether somebody is signed in, and whether
 * the session may change anything. Reading stays the only thing that a session of which the owner wants that can do.
 */
export function guardMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) guard(field)
  return schema
}

function guard(field: GraphQLField<unknown, GraphContext>): void {
  const { resolve, extensions } = field
  if (resolve === undefined) throw new TypeError(`Mutation.${field.name} does nothing.`)
  const endsItself = extensions['endsItself'] as EndsItself | undefined
  field.resolve = (source, args, context, info) => {
    const { session } = requireSignedIn(context).viewer
    if (session.readOnly && endsItself?.(args, session) !== true) {
      throw new GraphError('FORBIDDEN', 'This session may only read.')
    }
    return resolve(source, args, context, info)
  }
}
