import { GraphQLError } from 'graphql'
import type { GraphBuilder } from '../builder.ts'

const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/

export function addDateTime(builder: GraphBuilder): void {
  builder.scalarType('DateTime', {
    description: 'An instant in UTC, ISO 8601 with milliseconds: `2026-02-01T09:00:00.000Z`.',
    serialize: (value) => value.toISOString(),
    parseValue: (value) => {
      const instant = new Date(typeof value === 'string' && INSTANT.test(value) ? value : Number.NaN)
      if (Number.isNaN(instant.getTime())) throw new GraphQLError('A DateTime is an ISO 8601 instant or day in UTC.')
      return instant
    },
  })
}
