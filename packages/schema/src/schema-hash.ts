import { createHash } from 'node:crypto'
import { type GraphQLSchema, printSchema } from 'graphql'

const hashes = new WeakMap<GraphQLSchema, string>()

/** SHA-256 of the printed schema in hex; printed once per schema. */
export function schemaHash(schema: GraphQLSchema): string {
  const known = hashes.get(schema)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(printSchema(schema)).digest('hex')
  hashes.set(schema, hash)
  return hash
}
