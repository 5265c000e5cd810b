import type { GraphBuilder } from '../builder.ts'

export function addDateTime(builder: GraphBuilder): void {
  builder.scalarType('DateTime', {
    description: 'An instant in UTC, ISO 8601 with milliseconds: `2026-02-01T09:00:00.000Z`.',
    serialize: (value) => value.toISOString(),
  })
}
