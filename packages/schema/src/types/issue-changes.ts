import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { IssueChange } from '../live/issue-comparison.ts'
import type { FeedFailure, FeedSight } from '../live/issue-feed.ts'
import { issueSource, type OrganizationSource } from '../node-source.ts'
import { encodeGlobalId } from '../global-id.ts'
import { IssueRef } from './issue.ts'

/** What a look saw, of which organization. */
export interface IssueChangesSource {
  organization: OrganizationSource
  sight: FeedSight
}

interface IssueChangeSource {
  organization: OrganizationSource
  change: IssueChange
}

export const IssueChangesRef = new ObjectRef<GraphTypes, IssueChangesSource>('IssueChanges')
const IssueChangeRef = new ObjectRef<GraphTypes, IssueChangeSource>('IssueChange')
const IssueChangesFailureRef = new ObjectRef<GraphTypes, FeedFailure>('IssueChangesFailure')

const source = 'No Sentry call of its own.'

export function addIssueChanges(builder: GraphBuilder): void {
  addIssueChange(builder)
  addFailure(builder)
  builder.objectType(IssueChangesRef, {
    description:
      'What has changed since the last time: at least one issue, or that Sentry cannot be asked, or, with neither, that it can be asked again.',
    fields: (t) => ({
      at: t.field({
        type: 'DateTime',
        nullable: false,
        description: `When that was seen. ${source}`,
        resolve: ({ sight }) => sight.at,
      }),
      changes: t.field({
        type: [IssueChangeRef],
        nullable: false,
        description: `The issues that have changed, at most 200; those with the latest events first. ${source}`,
        resolve: ({ organization, sight }) => sight.changes.map((change) => ({ organization, change })),
      }),
      failure: t.field({
        type: IssueChangesFailureRef,
        description: `Why Sentry could not be asked; told once, and what has changed meanwhile is told later. ${source}`,
        resolve: ({ sight }) => sight.failure,
      }),
    }),
  })
}

function addIssueChange(builder: GraphBuilder): void {
  const kind = builder.enumType('IssueChangeKind', {
    description: 'What happened to an issue. Known to the gateway; no Sentry call.',
    values: {
      APPEARED: { value: 'appeared', description: 'It has come under the filter: it is new, or was changed so.' },
      UPDATED: { value: 'updated', description: 'It has new events or comments, or somebody changed it.' },
      GONE: { value: 'gone', description: 'It is under the filter no more.' },
    },
  })
  builder.objectType(IssueChangeRef, {
    description: 'An issue that has changed.',
    fields: (t) => ({
      kind: t.field({
        type: kind,
        nullable: false,
        description: `What happened to it. ${source}`,
        resolve: ({ change }) => change.kind,
      }),
      issueId: t.id({
        nullable: false,
        description: `Its id. ${source}`,
        resolve: ({ organization, change }) =>
          encodeGlobalId({ kind: 'Issue', organizationId: organization.sentryId, id: change.issueId }),
      }),
      issue: t.field({
        type: IssueRef,
        description: `The issue as it is then; null where it is gone. ${source}`,
        resolve: ({ organization, change }) => change.record && issueSource(organization, change.record),
      }),
    }),
  })
}

function addFailure(builder: GraphBuilder): void {
  builder.objectType(IssueChangesFailureRef, {
    description: 'Why Sentry could not be asked for changes. It will be asked again.',
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: false,
        description: `What an error of a query has in \`extensions.code\`, such as \`UPSTREAM_TIMEOUT\`. ${source}`,
      }),
      message: t.exposeString('message', { nullable: false, description: `A sentence for a person. ${source}` }),
      retryAfterSeconds: t.exposeInt('retryAfter', {
        description: `Seconds after which Sentry may answer again, where it says so. ${source}`,
      }),
      nextLookAt: t.expose('nextLookAt', {
        type: 'DateTime',
        nullable: false,
        description: `When it is asked again. ${source}`,
      }),
    }),
  })
}
