import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { UserSource } from '../node-source.ts'
import { webAddress } from '../web-address.ts'
import { NodeRef } from './node.ts'

export const UserRef = new ObjectRef<GraphTypes, UserSource>('User')

const source =
  'Sentry: the `user` of `GET organizations/{org}/members/` (scope `member:read`); the viewer’s own from the sign-in, no call.'

export function addUser(builder: GraphBuilder): void {
  builder.objectType(UserRef, {
    description: `A person with a Sentry account, seen through an organization or as the viewer; \`sentryId\` tells whether two are the same person. ${source}`,
    interfaces: [NodeRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      name: t.string({ description: `The name in the profile. ${source}`, resolve: ({ record }) => record.name }),
      username: t.string({
        description: `The name to sign in with. ${source}`,
        resolve: ({ record }) => record.username,
      }),
      email: t.string({ description: `The primary address. ${source}`, resolve: ({ record }) => record.email }),
      avatarUrl: t.field({
        type: 'URI',
        description: `A picture; null when Sentry draws initials. ${source}`,
        resolve: ({ record }) => webAddress(record.avatarUrl),
      }),
    }),
  })
}
