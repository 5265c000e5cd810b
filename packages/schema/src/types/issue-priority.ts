import type { GraphBuilder } from '../builder.ts'

export const issuePriorities = ['high', 'medium', 'low', 'unknown'] as const

export function addIssuePriority(builder: GraphBuilder) {
  return builder.enumType('IssuePriority', {
    description: 'How urgent an issue is.',
    values: {
      HIGH: { value: 'high', description: 'Look at it now.' },
      MEDIUM: { value: 'medium', description: 'Look at it soon.' },
      LOW: { value: 'low', description: 'It can wait.' },
      UNKNOWN: { value: 'unknown', description: 'One that this graph does not know.' },
    },
  })
}
