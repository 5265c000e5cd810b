import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { IssueUpdateResult } from '../issue-writes.ts'
import { IssueRef } from './issue.ts'
import { addIssueUpdateError } from './issue-update-error.ts'

export const IssueUpdateResultRef = new ObjectRef<GraphTypes, IssueUpdateResult>('IssueUpdateResult')

export function addIssueUpdateResult(builder: GraphBuilder): void {
  const outcome = builder.enumType('IssueUpdateOutcome', {
    description: 'What became of an issue that was to be changed. Known to the gateway; no Sentry call.',
    values: {
      CHANGED: { value: 'changed', description: 'Sentry has changed it.' },
      REFUSED: { value: 'refused', description: 'It is as it was: Sentry refuses, or was not asked.' },
      UNKNOWN: {
        value: 'unknown',
        description: 'It may be changed or not: no answer came, or none that says so. Look at it before trying again.',
      },
    },
  })

  const error = addIssueUpdateError(builder)

  builder.objectType(IssueUpdateResultRef, {
    description: 'What became of one issue that was to be changed.',
    fields: (t) => ({
      issueId: t.exposeID('issueId', { nullable: false, description: 'Its id, as it was given. No Sentry call.' }),
      outcome: t.expose('outcome', {
        type: outcome,
        nullable: false,
        description: 'Whether it was changed. No Sentry call of its own.',
      }),
      issue: t.field({
        type: IssueRef,
        description:
          'The issue as Sentry has it after the change; null unless it was changed. No Sentry call of its own.',
        resolve: ({ issue }) => issue,
      }),
      error: t.field({
        type: error,
        description: 'Why it was not changed, or is not known to be; else null. No Sentry call of its own.',
        resolve: ({ failure, issueId }) =>
          failure?.kind === 'NotFoundError' ? { ...failure, ids: [issueId] } : failure,
      }),
    }),
  })
}
