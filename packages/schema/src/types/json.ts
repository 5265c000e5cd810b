import type { GraphBuilder } from '../builder.ts'

export function addJson(builder: GraphBuilder): void {
  builder.scalarType('JSON', {
    description: 'Any JSON value, as Sentry sent it. Used only where Sentry’s own shape is open.',
    serialize: (value) => value,
  })
}
