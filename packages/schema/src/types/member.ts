import { ObjectRef } from '@pothos/core'
import { listMembers, listProjectMembers, listTeamMembers, type Member } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { memberSource, type MemberSource, userSource } from '../node-source.ts'
import { connectOrganizationList, type OrganizationList, searchableListArguments } from '../organization-list.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { TeamRef } from './team.ts'
import { UserRef } from './user.ts'

const MemberRef = new ObjectRef<GraphTypes, MemberSource>('Member')
const MemberConnectionRef = connectionRef<MemberSource>('Member')

const endpoint = '`GET organizations/{org}/members/` (scope `member:read`)'
const source = `Sentry: ${endpoint}.`

const members: OrganizationList<Member, MemberSource> = {
  field: 'Organization.members',
  list: listMembers,
  node: memberSource,
  remember: (loaders, organization, records) => {
    loaders.members.remember(organization, records)
    loaders.membersByUser.remember(organization, records)
  },
}

export function addMember(builder: GraphBuilder): void {
  builder.objectType(MemberRef, {
    description: `A membership in an organization, invitations included. ${source}`,
    interfaces: [NodeRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s numeric id of the membership, not of the user. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      name: t.string({
        description: `The member’s name, or the invited address. ${source}`,
        resolve: ({ record }) => record.name,
      }),
      email: t.string({ description: `The member’s address. ${source}`, resolve: ({ record }) => record.email }),
      orgRole: t.string({
        nullable: false,
        description: `The role in the organization: \`owner\`, \`manager\`, \`admin\`, \`member\`, \`billing\`, or one Sentry adds; \`unknown\` where an old server names none. ${source}`,
        resolve: ({ record }) => record.orgRole ?? 'unknown',
      }),
      isPending: t.boolean({
        nullable: false,
        description: `Whether the invitation has not been accepted. ${source}`,
        resolve: ({ record }) => record.pending ?? record.user === null,
      }),
      isExpired: t.boolean({
        nullable: false,
        description: `Whether the invitation has run out. ${source}`,
        resolve: ({ record }) => record.expired ?? false,
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When the member was invited or joined. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      user: t.field({
        type: UserRef,
        description: `The person; null while the invitation is pending. ${source}`,
        resolve: ({ organization, record }) => record.user && userSource(organization, record.user),
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, MemberConnectionRef, MemberRef)

  builder.objectField(OrganizationRef, 'members', (t) =>
    t.field({
      type: MemberConnectionRef,
      description: `The members and open invitations. Costs a call: ${endpoint}.`,
      args: searchableListArguments(
        t.arg,
        'Text in the name or address, or Sentry’s `email:`, `role:` and `user.id:` terms.',
      ),
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/members/', serves: 'parent' }),
      resolve: async (organization, args, context) =>
        await connectOrganizationList(members, organization, args, context),
    }),
  )

  builder.objectField(TeamRef, 'members', (t) =>
    t.field({
      type: MemberConnectionRef,
      description: 'Its members. Costs a call per team: `GET teams/{org}/{team}/members/` (scope `team:read`).',
      extensions: asksSentry({ endpoint: 'GET teams/{org}/{team}/members/', serves: 'parent' }),
      args: connectionArguments(t.arg),
      resolve: async ({ organization, reference: { id } }, args, context) => {
        const list: typeof members.list = (sentry, address, page) =>
          listTeamMembers(sentry, address, { ...page, team: id })
        return await connectOrganizationList(
          { ...members, field: `Team.members ${id}`, list },
          organization,
          args,
          context,
        )
      },
    }),
  )

  builder.objectField(ProjectRef, 'members', (t) =>
    t.field({
      type: MemberConnectionRef,
      description:
        'The members of its teams. Costs a call per project: `GET projects/{org}/{project}/members/` (scope `project:read`).',
      extensions: asksSentry({
        endpoint: 'GET projects/{org}/{project}/members/',
        serves: 'parent',
        ignoresArguments: true,
      }),
      args: connectionArguments(t.arg),
      resolve: async ({ organization, reference: { id } }, args, context) => {
        const list: typeof members.list = (sentry, address) => listProjectMembers(sentry, address, id)
        return await connectOrganizationList(
          { ...members, field: `Project.members ${id}`, list },
          organization,
          args,
          context,
        )
      },
    }),
  )
}
