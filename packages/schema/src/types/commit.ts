import { ObjectRef } from '@pothos/core'
import type { Commit } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { encodePartId } from '../global-id.ts'
import type { OrganizationSource } from '../node-source.ts'
import { CommitAuthorRef } from './commit-author.ts'

interface CommitSource {
  organization: OrganizationSource
  record: Commit
}

const CommitRef = new ObjectRef<GraphTypes, CommitSource>('Commit')
export const CommitConnectionRef = connectionRef<CommitSource>('Commit')

const source = 'Sentry: `GET organizations/{org}/releases/{version}/commits/` (scope `project:read`).'

export function addCommit(builder: GraphBuilder): void {
  builder.objectType(CommitRef, {
    description: `A commit that came with a release. ${source}`,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: `Unique among commits, opaque; not the id of a node. ${source}`,
        resolve: ({ organization, record }) => encodePartId('Commit', organization.sentryId, record.id),
      }),
      sha: t.string({
        nullable: false,
        description: `Its hash. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      message: t.string({ description: `What it says it does. ${source}`, resolve: ({ record }) => record.message }),
      author: t.field({
        type: CommitAuthorRef,
        description: `Who wrote it. ${source}`,
        resolve: ({ organization, record }) => record.author && { organization, record: record.author },
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      repositoryName: t.string({
        description: `The repository it is in, such as \`acme/web\`. ${source}`,
        resolve: ({ record }) => record.repositoryName,
      }),
    }),
  })
  addConnection(builder, CommitConnectionRef, CommitRef)
}
