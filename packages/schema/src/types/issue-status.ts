import type { GraphBuilder } from '../builder.ts'

export const issueStatuses = [
  'unresolved',
  'resolved',
  'ignored',
  'reprocessing',
  'pending_deletion',
  'pending_merge',
  'unknown',
] as const

export function addIssueStatus(builder: GraphBuilder) {
  return builder.enumType('IssueStatus', {
    description: 'What was decided about an issue.',
    values: {
      UNRESOLVED: { value: 'unresolved', description: 'It is open.' },
      RESOLVED: { value: 'resolved', description: 'It is said to be fixed.' },
      ARCHIVED: { value: 'ignored', description: 'It is put aside; Sentry’s API says `ignored`.' },
      REPROCESSING: { value: 'reprocessing', description: 'Its events are being read again.' },
      PENDING_DELETION: { value: 'pending_deletion', description: 'It is about to be deleted.' },
      PENDING_MERGE: { value: 'pending_merge', description: 'It is about to become part of another.' },
      UNKNOWN: { value: 'unknown', description: 'One that this graph does not know.' },
    },
  })
}
