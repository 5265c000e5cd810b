import {
  getNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql'

/** The `extensions` of a mutation that is there only where the gateway asks for the scope to change issues. */
export const onlyWithIssueWrites = { onlyWithIssueWrites: true } as const

/** The same schema without what changes issues at Sentry, and without the types that only belong to that. */
export function withoutIssueWrites(schema: GraphQLSchema): GraphQLSchema {
  const config = { ...schema.toConfig(), mutation: remainingMutation(schema) }
  let types: readonly GraphQLNamedType[] = []
  // What fields give through an interface alone has to be named; it may have such fields in turn.
  for (;;) {
    const remaining = new GraphQLSchema({ ...config, types })
    const given = typesGivenByInterface(remaining, schema)
    if (given.length === types.length) return remaining
    types = given
  }
}

function remainingMutation(schema: GraphQLSchema): GraphQLObjectType | null {
  const config = schema.getMutationType()?.toConfig()
  if (!config) return null
  const kept = Object.entries(config.fields).filter(([, { extensions }]) => !extensions?.['onlyWithIssueWrites'])
  return kept.length === 0 ? null : new GraphQLObjectType({ ...config, fields: Object.fromEntries(kept) })
}

function typesGivenByInterface(remaining: GraphQLSchema, whole: GraphQLSchema): readonly GraphQLObjectType[] {
  const given = Object.values(remaining.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => getNamedType(field.type)))
    .filter((type) => isInterfaceType(type))
  return [...new Set(given.flatMap((type) => whole.getPossibleTypes(type)))]
}
