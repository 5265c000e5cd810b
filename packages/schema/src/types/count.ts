import { GraphQLError } from 'graphql'
import type { GraphBuilder } from '../builder.ts'

export function addCount(builder: GraphBuilder): void {
  builder.scalarType('Count', {
    description: 'A whole number from zero on, which may exceed 32 bits.',
    serialize: (value) => {
      if (!Number.isSafeInteger(value) || value < 0) throw new GraphQLError('Count holds a whole number from zero on.')
      return value
    },
  })
}
