import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { IssueWriteFailure } from '../issue-write-failure.ts'
import { NotFoundErrorRef, UserErrorRef } from './user-error.ts'

type Failure<Kind> = Extract<IssueWriteFailure, { kind: Kind }>

const MissingScopeErrorRef = new ObjectRef<GraphTypes, Failure<'MissingScopeError'>>('MissingScopeError')
const UpstreamRejectedErrorRef = new ObjectRef<GraphTypes, Failure<'UpstreamRejectedError'>>('UpstreamRejectedError')
const UpstreamFailureErrorRef = new ObjectRef<GraphTypes, Failure<'UpstreamFailureError'>>('UpstreamFailureError')

/** Why an issue is not known to be changed. */
export function addIssueUpdateError(builder: GraphBuilder) {
  builder.objectType(MissingScopeErrorRef, {
    description: 'The session’s sign-in lacks a scope: with it the same change may work.',
    interfaces: [UserErrorRef],
    fields: (t) => ({
      requiredScope: t.exposeString('requiredScope', {
        nullable: false,
        description: 'The scope to ask for when signing in again. No Sentry call.',
      }),
    }),
  })

  builder.objectType(UpstreamRejectedErrorRef, {
    description: 'Sentry does not accept the change, such as an assignee without access to the project.',
    interfaces: [UserErrorRef],
    fields: (t) => ({
      status: t.exposeInt('status', {
        nullable: false,
        description: 'The HTTP status: 400 for the change, 403 for the viewer’s role. No Sentry call.',
      }),
    }),
  })

  builder.objectType(UpstreamFailureErrorRef, {
    description: 'Something went wrong on the way to Sentry or back.',
    interfaces: [UserErrorRef],
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: false,
        description: 'What an error of a query has in `extensions.code`, such as `UPSTREAM_TIMEOUT`. No Sentry call.',
      }),
      retryAfterSeconds: t.exposeInt('retryAfter', {
        description: 'Seconds after which it may work, where Sentry says so. No Sentry call.',
      }),
    }),
  })

  return builder.unionType('IssueUpdateError', {
    description: 'Why an issue was not changed, or is not known to be.',
    types: [MissingScopeErrorRef, NotFoundErrorRef, UpstreamRejectedErrorRef, UpstreamFailureErrorRef],
    resolveType: (value) => ('kind' in value ? value.kind : NotFoundErrorRef.name),
  })
}
