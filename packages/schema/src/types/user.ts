import { ObjectRef } from '@pothos/core'
import type { User } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import type { UserSource } from '../node-source.ts'
import { notFound } from '../reference-loader.ts'
import { webAddress } from '../web-address.ts'
import { NodeRef } from './node.ts'
import { PrincipalRef } from './principal.ts'

export const UserRef = new ObjectRef<GraphTypes, UserSource>('User')

const source =
  'Sentry: the `user` of `GET organizations/{org}/members/` (scope `member:read`); the viewer’s own from the sign-in, no call.'

const detail =
  'Costs a call for all people of an organization whom issues merely name: `GET organizations/{org}/members/?query=user.id:…` (scope `member:read`); else the person carries it.'

const detailPlan = asksSentry({
  endpoint: 'GET organizations/{org}/members/',
  serves: 'siblings',
  ignoresArguments: true,
  onlyForReferences: true,
})

export function addUser(builder: GraphBuilder): void {
  builder.objectType(UserRef, {
    description: `A person with a Sentry account, seen through an organization or as the viewer; \`sentryId\` tells whether two are the same person. ${source}`,
    interfaces: [NodeRef, PrincipalRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ reference }) => reference.id,
      }),
      name: t.string({ description: `The name in the profile. ${source}`, resolve: ({ reference }) => reference.name }),
      username: t.string({
        description: `The name to sign in with. ${detail}`,
        extensions: detailPlan,
        resolve: async (user, _, context) => (await userRecord(user, context)).username,
      }),
      email: t.string({ description: `The primary address. ${source}`, resolve: ({ reference }) => reference.email }),
      avatarUrl: t.field({
        type: 'URI',
        description: `A picture; null when Sentry draws initials. ${detail}`,
        extensions: detailPlan,
        resolve: async (user, _, context) => webAddress((await userRecord(user, context)).avatarUrl),
      }),
    }),
  })
}

async function userRecord({ record, organization, reference }: UserSource, context: GraphContext): Promise<User> {
  if (record) return record
  if (!organization) throw notFound()
  const member = await requireSignedIn(context).loaders.membersByUser.load({ organization, key: reference.id })
  if (!member.user) throw notFound()
  return member.user
}
