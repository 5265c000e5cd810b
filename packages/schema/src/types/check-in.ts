import { ObjectRef } from '@pothos/core'
import type { CheckIn } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { encodePartId } from '../global-id.ts'
import { known } from '../known-value.ts'
import type { OrganizationSource } from '../node-source.ts'
import { addCheckInStatus, checkInStatuses } from './monitor-status.ts'

interface CheckInSource {
  organization: OrganizationSource
  record: CheckIn
}

const CheckInRef = new ObjectRef<GraphTypes, CheckInSource>('CheckIn')
export const CheckInConnectionRef = connectionRef<CheckInSource>('CheckIn')

const source = 'Sentry: `GET organizations/{org}/monitors/{monitor}/checkins/` (scope `project:read`).'

export function addCheckIn(builder: GraphBuilder): void {
  const status = addCheckInStatus(builder)
  builder.objectType(CheckInRef, {
    description: `One run of a monitored job, or its absence. ${source}`,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: `Unique among check-ins, opaque; not the id of a node. ${source}`,
        resolve: ({ organization, record }) => encodePartId('CheckIn', organization.sentryId, record.id),
      }),
      status: t.field({
        type: status,
        nullable: false,
        description: `How it went. ${source}`,
        resolve: ({ record }) => known(checkInStatuses, record.status) ?? 'unknown',
      }),
      rawStatus: t.string({
        description: `The same in Sentry’s word, from a growing list. ${source}`,
        resolve: ({ record }) => record.status,
      }),
      durationMs: t.float({
        description: `How long it took, in milliseconds, which may be a fraction; null while it runs and where it never began. ${source}`,
        resolve: ({ record }) => record.duration,
      }),
      environment: t.string({
        description: `Where it ran, such as \`production\`. ${source}`,
        resolve: ({ record }) => record.environment,
      }),
      at: t.field({
        type: 'DateTime',
        description: `When it was heard of. ${source}`,
        resolve: ({ record }) => record.dateAdded ?? record.dateCreated,
      }),
      expectedAt: t.field({
        type: 'DateTime',
        description: `When it should have begun. ${source}`,
        resolve: ({ record }) => record.expectedTime,
      }),
    }),
  })
  addConnection(builder, CheckInConnectionRef, CheckInRef)
}
