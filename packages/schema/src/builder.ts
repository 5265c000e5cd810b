import SchemaBuilder from '@pothos/core'
import type { GraphContext } from './context.ts'

/** The types Pothos cannot infer: the context and what scalars hold. */
export interface GraphTypesInput {
  Context: GraphContext
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    URI: { Input: string; Output: string }
    Count: { Input: number; Output: number }
    JSON: { Input: unknown; Output: unknown }
    Duration: { Input: string; Output: string }
  }
}

/** An empty builder; the files in `types/` fill it. */
export function createBuilder() {
  return new SchemaBuilder<GraphTypesInput>({})
}

export type GraphBuilder = ReturnType<typeof createBuilder>
export type GraphTypes = GraphBuilder['$inferSchemaTypes']
