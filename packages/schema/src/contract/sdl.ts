import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql'

/** The contract as text: sorted, so that moving code about changes nothing, with defaults and deprecations. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}
