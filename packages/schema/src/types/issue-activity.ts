import { ObjectRef } from '@pothos/core'
import type { IssueActivity } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { encodePartId } from '../global-id.ts'
import { userSource, type IssueSource } from '../node-source.ts'
import type { ActorRef } from './actor.ts'

interface IssueActivitySource {
  issue: IssueSource
  record: IssueActivity
}

export const IssueActivityRef = new ObjectRef<GraphTypes, IssueActivitySource>('IssueActivity')

const source = 'Sentry: `GET organizations/{org}/issues/{issue}/` (scope `event:read`).'

export function addIssueActivity(builder: GraphBuilder, actor: ActorRef): void {
  builder.objectType(IssueActivityRef, {
    description: `Something that happened to an issue, or that somebody did to it. ${source}`,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: `Opaque; no two activities share one. ${source}`,
        resolve: activityId,
      }),
      type: t.string({
        nullable: false,
        description: `What happened, in Sentry’s growing list: \`set_resolved\`, \`assigned\`, \`note\`. ${source}`,
        resolve: ({ record }) => record.type,
      }),
      at: t.field({
        type: 'DateTime',
        description: `When it happened. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      actor: t.field({
        type: actor,
        description: `Who did it; null for what Sentry did itself. ${source}`,
        resolve: ({ issue, record }) => record.user && userSource(issue.organization, record.user),
      }),
      data: t.field({
        type: 'JSON',
        description: `What belongs to it by its type: the \`text\` of a \`note\`, the \`version\` of a resolution. ${source}`,
        resolve: ({ record }) => record.data,
      }),
    }),
  })
}

// Sentry's ids of activities are its own in the database only; what it makes up for an issue shares one.
function activityId({ issue, record }: IssueActivitySource): string {
  const { organization, record: group } = issue
  const parts = [group.id, record.id ?? record.type, record.dateCreated?.getTime() ?? '']
  return encodePartId('IssueActivity', organization.sentryId, parts.join(':'))
}
