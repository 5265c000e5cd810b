import { ObjectRef } from '@pothos/core'
import type { Team } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import type { TeamSource } from '../node-source.ts'
import { organizationRecord } from '../organization-record.ts'
import { permalink } from '../permalink.ts'
import { NodeRef } from './node.ts'
import { OrganizationRef } from './organization.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

export const TeamRef = new ObjectRef<GraphTypes, TeamSource>('Team')
export const TeamConnectionRef = connectionRef<TeamSource>('Team')

const carried = 'Sentry: `GET organizations/{org}/teams/` (scope `org:read`); free where a project names the team.'
const detail =
  'Sentry: `GET organizations/{org}/teams/` (scope `org:read`); teams that projects merely name are asked together, one call per organization.'

export function addTeam(builder: GraphBuilder): void {
  builder.objectType(TeamRef, {
    description: `A group of members that owns projects. ${carried}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${carried}`,
        resolve: ({ reference }) => reference.id,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, case-sensitive. ${carried}`,
        resolve: ({ reference }) => reference.slug,
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${carried}`,
        resolve: ({ reference }) => reference.name,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its settings in Sentry’s web UI. Sentry: `links.organizationUrl` of `GET organizations/` (scope `org:read`), no call when the organization is already known.',
        resolve: async ({ organization, reference }, _, context) => {
          const record = await organizationRecord(organization, context)
          return permalink(record, context.gateway.sentryUrl, { settings: `teams/${reference.slug}/` })
        },
      }),
      memberCount: t.int({
        description: `How many members it has. ${detail}`,
        resolve: async (team, _, context) => (await teamRecord(team, context)).memberCount,
      }),
      isViewerMember: t.boolean({
        description: `Whether the viewer is one of them. ${detail}`,
        resolve: async (team, _, context) => (await teamRecord(team, context)).isMember,
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${detail}`,
        resolve: async (team, _, context) => (await teamRecord(team, context)).dateCreated,
      }),
      organization: t.field({
        type: OrganizationRef,
        nullable: false,
        description: 'The organization it belongs to. No Sentry call of its own.',
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, TeamConnectionRef, TeamRef)
}

async function teamRecord({ record, organization, reference }: TeamSource, context: GraphContext): Promise<Team> {
  return record ?? (await requireSignedIn(context).loaders.teams.load({ organization, id: reference.id }))
}
