import { ObjectRef } from '@pothos/core'
import { listMembers, listProjects, listTeams } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { addressOf, memberSource, type OrganizationSource, projectSource, teamSource } from '../node-source.ts'
import { findVisibleOrganization } from '../organization-by-slug.ts'
import { organizationRecord } from '../organization-record.ts'
import { connectPages } from '../page-connection.ts'
import { permalink } from '../permalink.ts'
import { readSearchText } from '../search-text.ts'
import { readSlug } from '../slug.ts'
import { webAddress } from '../web-address.ts'
import { MemberConnectionRef } from './member.ts'
import { NodeRef } from './node.ts'
import { ProjectConnectionRef, ProjectRef } from './project.ts'
import { RegionRef } from './region.ts'
import { TeamConnectionRef, TeamRef } from './team.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

export const OrganizationRef = new ObjectRef<GraphTypes, OrganizationSource>('Organization')
export const OrganizationConnectionRef = connectionRef<OrganizationSource>('Organization')

const source = 'Sentry: `GET organizations/` (scope `org:read`).'

export function addOrganization(builder: GraphBuilder): void {
  builder.objectType(OrganizationRef, {
    description: `An organization: the owner of projects, teams and members. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ sentryId }) => sentryId,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, case-sensitive. ${source}`,
        resolve: async (organization, _, context) => (await organizationRecord(organization, context)).slug,
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${source}`,
        resolve: async (organization, _, context) => (await organizationRecord(organization, context)).name,
      }),
      avatarUrl: t.field({
        type: 'URI',
        description: `A picture; null when Sentry draws initials. ${source}`,
        resolve: async (organization, _, context) =>
          webAddress((await organizationRecord(organization, context)).avatarUrl),
      }),
      permalink: t.field({
        type: 'URI',
        description: `Its issues in Sentry’s web UI. ${source}`,
        resolve: async (organization, _, context) => {
          const record = await organizationRecord(organization, context)
          return permalink(record, context.gateway.sentryUrl, { page: 'issues/' })
        },
      }),
      region: t.field({
        type: RegionRef,
        description: `Where its data lives; the one host of a server without regions. ${source}`,
        resolve: async (organization, _, context) => {
          const { regionUrl } = await organizationRecord(organization, context)
          return { url: regionUrl ?? requireSignedIn(context).sentry.sentryUrl }
        },
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        resolve: async (organization, _, context) => (await organizationRecord(organization, context)).dateCreated,
      }),
      viewerAccess: t.stringList({
        description:
          'The scopes that the viewer’s role and token leave here. Costs a call per organization: `GET organizations/{org}/?detailed=0` (scope `org:read`), none after `organization(slug:)`.',
        resolve: async (organization, _, context) => {
          const { loaders } = requireSignedIn(context)
          return (await loaders.organizationDetails.load(organization)).access
        },
      }),
      projects: t.field({
        type: ProjectConnectionRef,
        description:
          'The projects the viewer may see, bookmarked ones first, then by slug; teams, environments and features come along. Sentry: `GET organizations/{org}/projects/` (scope `org:read`).',
        args: {
          query: t.arg.string({
            description: 'Text in the name or slug, or Sentry’s `slug:`, `id:`, `team:` and `is_member:1` terms.',
          }),
          ...connectionArguments(t.arg),
        },
        resolve: async (organization, { query: text, ...args }, context) => {
          const { sentry, loaders } = requireSignedIn(context)
          const query = readSearchText(text)
          return await connectPages(args, {
            identity: ['Organization.projects', organization.sentryId, query],
            page: (options) => listProjects(sentry, addressOf(organization), { ...options, query }),
            node: (record) => {
              loaders.projects.prime({ organization, id: record.id }, record)
              loaders.projectsBySlug.prime({ organization, slug: record.slug }, record)
              return projectSource(organization, record)
            },
          })
        },
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'One project by its slug, a former slug included; null with `NOT_FOUND` when there is none. Sentry: `GET projects/{org}/{project}/` (scope `project:read`).',
        args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
        resolve: async (organization, { slug }, context) => {
          const { loaders } = requireSignedIn(context)
          const record = await loaders.projectsBySlug.load({ organization, slug: readSlug(slug) })
          loaders.projects.prime({ organization, id: record.id }, record)
          return projectSource(organization, record)
        },
      }),
      teams: t.field({
        type: TeamConnectionRef,
        description: 'All teams. Sentry: `GET organizations/{org}/teams/` (scope `org:read`).',
        args: {
          query: t.arg.string({ description: 'Text in the name or slug, or Sentry’s `slug:` and `id:` terms.' }),
          ...connectionArguments(t.arg),
        },
        resolve: async (organization, { query: text, ...args }, context) => {
          const { sentry, loaders } = requireSignedIn(context)
          const query = readSearchText(text)
          return await connectPages(args, {
            identity: ['Organization.teams', organization.sentryId, query],
            page: (options) => listTeams(sentry, addressOf(organization), { ...options, query }),
            node: (record) => {
              loaders.teams.prime({ organization, id: record.id }, record)
              return teamSource(organization, record)
            },
          })
        },
      }),
      team: t.field({
        type: TeamRef,
        description:
          'One team by its slug; null with `NOT_FOUND` when there is none. Sentry: `GET teams/{org}/{team}/` (scope `team:read`).',
        args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
        resolve: async (organization, { slug }, context) => {
          const { loaders } = requireSignedIn(context)
          const record = await loaders.teamsBySlug.load({ organization, slug: readSlug(slug) })
          loaders.teams.prime({ organization, id: record.id }, record)
          return teamSource(organization, record)
        },
      }),
      members: t.field({
        type: MemberConnectionRef,
        description:
          'The members and open invitations. Sentry: `GET organizations/{org}/members/` (scope `member:read`).',
        args: {
          query: t.arg.string({
            description: 'Text in the name or address, or Sentry’s `email:`, `role:` and `user.id:` terms.',
          }),
          ...connectionArguments(t.arg),
        },
        resolve: async (organization, { query: text, ...args }, context) => {
          const { sentry, loaders } = requireSignedIn(context)
          const query = readSearchText(text)
          return await connectPages(args, {
            identity: ['Organization.members', organization.sentryId, query],
            page: (options) => listMembers(sentry, addressOf(organization), { ...options, query }),
            node: (record) => {
              loaders.members.prime({ organization, id: record.id }, record)
              return memberSource(organization, record)
            },
          })
        },
      }),
    }),
  })
  addConnection(builder, OrganizationConnectionRef, OrganizationRef)

  builder.queryField('organization', (t) =>
    t.field({
      type: OrganizationRef,
      description:
        'One organization by its slug or numeric id; null with `NOT_FOUND` when there is none or the viewer is no member. Sentry: `GET organizations/{org}/?detailed=0` (scope `org:read`).',
      args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
      resolve: async (_, { slug }, context) => await findVisibleOrganization(requireSignedIn(context), readSlug(slug)),
    }),
  )
}
