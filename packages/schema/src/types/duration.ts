import { GraphQLError } from 'graphql'
import type { GraphBuilder } from '../builder.ts'

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Seconds of a duration such as `14d`; null for any other text. */
export function durationSeconds(text: string): number | null {
  const [, amount = '', unit = ''] = /^([1-9]\d{0,5})([smhdw])$/.exec(text) ?? []
  const seconds = UNITS[unit]
  return seconds === undefined ? null : Number(amount) * seconds
}

export function addDuration(builder: GraphBuilder): void {
  builder.scalarType('Duration', {
    description:
      'A whole number of seconds, minutes, hours, days or weeks, as Sentry writes it: `30m`, `24h`, `14d`, `2w`.',
    serialize: (value) => value,
    parseValue: (value) => {
      if (typeof value === 'string' && durationSeconds(value) !== null) return value
      throw new GraphQLError('A Duration is a number and a unit (s, m, h, d, w), such as "14d".')
    },
  })
}
