import type { GraphBuilder } from '../builder.ts'

export function addIssueSort(builder: GraphBuilder) {
  return builder.enumType('IssueSort', {
    description: 'The order of a list of issues.',
    values: {
      LAST_SEEN: { value: 'date', description: 'The newest event first.' },
      FIRST_SEEN: { value: 'new', description: 'The youngest issue first.' },
      EVENTS: { value: 'freq', description: 'The most events first.' },
      USERS: { value: 'user', description: 'The most users first.' },
      TRENDS: { value: 'trends', description: 'The strongest growth first.' },
      RECOMMENDED: { value: 'recommended', description: 'What Sentry would look at first.' },
      INBOX: { value: 'inbox', description: 'What came up for review last first.' },
    },
  })
}
