import type { GraphBuilder } from '../builder.ts'

export const issueSubstatuses = [
  'new',
  'ongoing',
  'escalating',
  'regressed',
  'archived_until_escalating',
  'archived_until_condition_met',
  'archived_forever',
  'unknown',
] as const

export function addIssueSubstatus(builder: GraphBuilder) {
  return builder.enumType('IssueSubstatus', {
    description: 'How an issue that is open or archived stands.',
    values: {
      NEW: { value: 'new', description: 'Open, and seen first not long ago.' },
      ONGOING: { value: 'ongoing', description: 'Open for a while.' },
      ESCALATING: { value: 'escalating', description: 'Open, with far more events than before.' },
      REGRESSED: { value: 'regressed', description: 'Open again after it was resolved.' },
      ARCHIVED_UNTIL_ESCALATING: { value: 'archived_until_escalating', description: 'Put aside until it escalates.' },
      ARCHIVED_UNTIL_CONDITION_MET: {
        value: 'archived_until_condition_met',
        description: 'Put aside for a time or a number of events or users.',
      },
      ARCHIVED_FOREVER: { value: 'archived_forever', description: 'Put aside for good.' },
      UNKNOWN: { value: 'unknown', description: 'One that this graph does not know.' },
    },
  })
}
