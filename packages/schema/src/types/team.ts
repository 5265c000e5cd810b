import { ObjectRef } from '@pothos/core'
import { listOwnTeams, listTeams, type Team } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { addressOf, teamSource, type TeamSource } from '../node-source.ts'
import { connectOrganizationList, type OrganizationList, searchableListArguments } from '../organization-list.ts'
import { organizationRecord } from '../organization-record.ts'
import { permalink } from '../permalink.ts'
import { readSlug } from '../slug.ts'
import { whenKnown } from '../when-known.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { PrincipalRef } from './principal.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

export const TeamRef = new ObjectRef<GraphTypes, TeamSource>('Team')
const TeamConnectionRef = connectionRef<TeamSource>('Team')

const carried = 'Sentry: `GET organizations/{org}/teams/` (scope `org:read`); free where a project names the team.'
const detail =
  'Costs a call for all teams of an organization that projects merely name: `GET organizations/{org}/teams/` (scope `org:read`); else the team carries it.'

/** Of a field that projects and issues do not say of a team. */
const detailPlan = {
  endpoint: 'GET organizations/{org}/teams/',
  serves: 'siblings',
  ignoresArguments: true,
  onlyForReferences: true,
} as const

const teams: OrganizationList<Team, TeamSource> = {
  field: 'Organization.teams',
  list: listTeams,
  node: teamSource,
  remember: (loaders, organization, records) => {
    loaders.teams.remember(organization, records)
    loaders.teamsBySlug.remember(organization, records)
  },
}

export function addTeam(builder: GraphBuilder): void {
  builder.objectType(TeamRef, {
    description: `A group of members that owns projects. ${carried}`,
    interfaces: [NodeRef, PrincipalRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${carried}`,
        resolve: ({ reference }) => reference.id,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, case-sensitive. ${carried}`,
        extensions: asksSentry(detailPlan),
        resolve: (team, _, context) => teamSlug(team, context),
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${carried}`,
        resolve: ({ reference }) => reference.name,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its settings in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(detailPlan, organizationPlan),
        resolve: async (team, _, context) => {
          const [slug, record] = await Promise.all([
            teamSlug(team, context),
            organizationRecord(team.organization, context),
          ])
          return permalink(record, context.gateway.sentryUrl, { settings: `teams/${slug}/` })
        },
      }),
      memberCount: t.int({
        description: `How many members it has. ${detail}`,
        extensions: asksSentry(detailPlan),
        resolve: (team, _, context) => whenKnown(teamRecord(team, context), ({ memberCount }) => memberCount),
      }),
      isViewerMember: t.boolean({
        description: `Whether the viewer is one of them. ${detail}`,
        extensions: asksSentry(detailPlan),
        resolve: (team, _, context) => whenKnown(teamRecord(team, context), ({ isMember }) => isMember),
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${detail}`,
        extensions: asksSentry(detailPlan),
        resolve: (team, _, context) => whenKnown(teamRecord(team, context), ({ dateCreated }) => dateCreated),
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, TeamConnectionRef, TeamRef)

  builder.objectField(OrganizationRef, 'teams', (t) =>
    t.field({
      type: TeamConnectionRef,
      description: 'All teams. Costs a call: `GET organizations/{org}/teams/` (scope `org:read`).',
      args: searchableListArguments(t.arg, 'Text in the name or slug, or Sentry’s `slug:` and `id:` terms.'),
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/teams/', serves: 'parent' }),
      resolve: async (organization, args, context) => await connectOrganizationList(teams, organization, args, context),
    }),
  )

  builder.objectField(OrganizationRef, 'viewerTeams', (t) =>
    t.field({
      type: [TeamRef],
      description:
        'The teams that the viewer is in; all at once, usually about ten. Costs a call: `GET organizations/{org}/user-teams/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/user-teams/', serves: 'parent' }),
      resolve: async (organization, _, context) => {
        const { sentry, loaders } = requireSignedIn(context)
        const own = await listOwnTeams(sentry, addressOf(organization))
        teams.remember(loaders, organization, own)
        return own.map((team) => teamSource(organization, team))
      },
    }),
  )

  builder.objectField(OrganizationRef, 'team', (t) =>
    t.field({
      type: TeamRef,
      description:
        'One team by its slug; null with `NOT_FOUND` when there is none. Costs a call per slug: `GET teams/{org}/{team}/` (scope `team:read`).',
      args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
      extensions: asksSentry({ endpoint: 'GET teams/{org}/{team}/', serves: 'parent' }),
      resolve: async (organization, { slug }, context) => {
        const { loaders } = requireSignedIn(context)
        const record = await loaders.teamsBySlug.load({ organization, key: readSlug(slug) })
        teams.remember(loaders, organization, [record])
        return teamSource(organization, record)
      },
    }),
  )
}

function teamSlug(team: TeamSource, context: GraphContext): string | Promise<string> {
  return team.reference.slug ?? whenKnown(teamRecord(team, context), ({ slug }) => slug)
}

function teamRecord({ record, organization, reference }: TeamSource, context: GraphContext): Team | Promise<Team> {
  return record ?? requireSignedIn(context).loaders.teams.load({ organization, key: reference.id })
}
