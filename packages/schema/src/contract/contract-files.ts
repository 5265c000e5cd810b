import type { GraphQLSchema } from 'graphql'
import { printChangeList } from './change-list.ts'
import { findChanges } from './changes.ts'
import type { ContractPromise } from './promise.ts'
import { printReference } from './reference.ts'
import { printSdl } from './sdl.ts'

/** Where the promised contract is, from the top folder. */
export const PROMISE_FILE = 'docs/schema/promised.graphql'

/** What is generated from the graph: texts by path from the top folder. */
export function printContractFiles(schema: GraphQLSchema, promise: ContractPromise): Map<string, string> {
  // On the day of the promise itself, so that the text does not change with the days.
  const changes = findChanges(promise, schema, promise.since)
  return new Map([
    ['schema.graphql', printSdl(schema)],
    ['docs/schema/changes.md', printChangeList(changes, promise.since)],
    ...[...printReference(schema)].map(([file, text]): [string, string] => [`docs/schema/${file}`, text]),
  ])
}
