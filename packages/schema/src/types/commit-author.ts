import { ObjectRef } from '@pothos/core'
import type { CommitAuthor } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { type OrganizationSource, userSource } from '../node-source.ts'
import { UserRef } from './user.ts'

interface CommitAuthorSource {
  organization: OrganizationSource
  record: CommitAuthor
}

export const CommitAuthorRef = new ObjectRef<GraphTypes, CommitAuthorSource>('CommitAuthor')

const source = 'Comes with the commit or the release; no Sentry call of its own.'

export function addCommitAuthor(builder: GraphBuilder): void {
  builder.objectType(CommitAuthorRef, {
    description: 'Who wrote a commit, as Git has it: often somebody without a Sentry account.',
    fields: (t) => ({
      name: t.string({ description: `The name. ${source}`, resolve: ({ record }) => record.name }),
      email: t.string({ description: `The address. ${source}`, resolve: ({ record }) => record.email }),
      user: t.field({
        type: UserRef,
        description: `The person in Sentry; null where the address belongs to no account. ${source}`,
        resolve: ({ organization, record: { id, ...record } }) =>
          id === null ? null : userSource(organization, { ...record, id }),
      }),
    }),
  })
}
