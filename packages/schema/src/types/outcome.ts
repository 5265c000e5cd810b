import type { GraphBuilder } from '../builder.ts'

export const outcomes = [
  'accepted',
  'filtered',
  'rate_limited',
  'invalid',
  'abuse',
  'client_discard',
  'cardinality_limited',
  'unknown',
] as const

export function addOutcome(builder: GraphBuilder) {
  return builder.enumType('Outcome', {
    description: 'What became of data that was sent to Sentry.',
    values: {
      ACCEPTED: { value: 'accepted', description: 'Sentry took it in.' },
      FILTERED: { value: 'filtered', description: 'A filter of the project kept it out.' },
      RATE_LIMITED: { value: 'rate_limited', description: 'A quota or limit was used up.' },
      INVALID: { value: 'invalid', description: 'It could not be read.' },
      ABUSE: { value: 'abuse', description: 'Sentry protected itself from it.' },
      CLIENT_DISCARD: { value: 'client_discard', description: 'The SDK dropped it and said so.' },
      CARDINALITY_LIMITED: { value: 'cardinality_limited', description: 'It had too many different values.' },
      UNKNOWN: { value: 'unknown', description: 'One that this graph does not know; see the raw name beside it.' },
    } as const,
  })
}
