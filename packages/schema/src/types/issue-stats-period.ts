import type { GraphBuilder } from '../builder.ts'

export function addIssueStatsPeriod(builder: GraphBuilder) {
  return builder.enumType('IssueStatsPeriod', {
    description: 'The time that the trend of an issue covers.',
    values: {
      LAST_24_HOURS: { value: '24h', description: 'The last 24 hours, hour by hour.' },
      LAST_14_DAYS: { value: '14d', description: 'The last 14 days, day by day.' },
    },
  })
}
