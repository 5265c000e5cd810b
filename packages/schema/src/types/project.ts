import { ObjectRef } from '@pothos/core'
import { listProjects, listTeamProjects, type Project } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, carries, givesReference } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import type { Loaders } from '../loaders.ts'
import { type OrganizationSource, projectSource, type ProjectSource, teamSource } from '../node-source.ts'
import { connectOrganizationList, type OrganizationList, searchableListArguments } from '../organization-list.ts'
import { organizationRecord } from '../organization-record.ts'
import { permalink } from '../permalink.ts'
import { readSlug } from '../slug.ts'
import { whenKnown } from '../when-known.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { ProjectFeaturesRef } from './project-features.ts'
import { TeamRef } from './team.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'
import { addViewerProjects } from './viewer-projects.ts'

export const ProjectRef = new ObjectRef<GraphTypes, ProjectSource>('Project')
const ProjectConnectionRef = connectionRef<ProjectSource>('Project')

const endpoint = '`GET organizations/{org}/projects/` (scope `org:read`)'
const source = `Sentry: ${endpoint}.`

/** Of a field that an issue does not say of its project. */
const detail = asksSentry({
  endpoint: 'GET organizations/{org}/projects/',
  serves: 'siblings',
  ignoresArguments: true,
  onlyForReferences: true,
})

const projects: OrganizationList<Project, ProjectSource> = {
  field: 'Organization.projects',
  list: listProjects,
  node: projectSource,
  remember: rememberProjects,
}

/** Keeps projects for whoever asks for them by id or slug. */
export function rememberProjects(
  { projects: byId, projectsBySlug }: Loaders,
  organization: OrganizationSource,
  records: readonly Project[],
): void {
  byId.remember(organization, records)
  projectsBySlug.remember(organization, records)
}

export function addProject(builder: GraphBuilder): void {
  builder.objectType(ProjectRef, {
    description: `A project: one application or service that sends events. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ reference }) => reference.id,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, case-sensitive. ${source}`,
        resolve: ({ reference }) => reference.slug,
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${source}`,
        resolve: ({ reference }) => reference.name,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(organizationPlan),
        resolve: async ({ organization, reference }, _, context) => {
          const known = await organizationRecord(organization, context)
          return permalink(known, context.gateway.sentryUrl, { page: `projects/${reference.slug}/` })
        },
      }),
      platform: t.string({
        description: `What it is built with, in Sentry’s growing list (\`javascript-react\`); null when never chosen. ${source}`,
        resolve: ({ reference }) => reference.platform,
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        extensions: detail,
        resolve: (project, _, context) => whenKnown(projectRecord(project, context), ({ dateCreated }) => dateCreated),
      }),
      firstEventAt: t.field({
        type: 'DateTime',
        description: `When its first event arrived; null while it waits for one. ${source}`,
        extensions: detail,
        resolve: (project, _, context) => whenKnown(projectRecord(project, context), ({ firstEvent }) => firstEvent),
      }),
      isBookmarked: t.boolean({
        nullable: false,
        description: `Whether the viewer bookmarked it. ${source}`,
        extensions: detail,
        resolve: (project, _, context) =>
          whenKnown(projectRecord(project, context), ({ isBookmarked }) => isBookmarked ?? false),
      }),
      isViewerMember: t.boolean({
        nullable: false,
        description: `Whether the viewer is in one of its teams. ${source}`,
        extensions: detail,
        resolve: (project, _, context) =>
          whenKnown(projectRecord(project, context), ({ isMember }) => isMember ?? false),
      }),
      features: t.field({
        type: ProjectFeaturesRef,
        nullable: false,
        description: `Which kinds of data it has received. ${source}`,
        extensions: detail,
        resolve: (project, _, context) => projectRecord(project, context),
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
      teams: t.field({
        type: [TeamRef],
        nullable: false,
        description: `The teams that own it: ids, slugs and names come with the project. ${source}`,
        extensions: { ...detail, ...givesReference, ...carries('slug') },
        resolve: (project, _, context) =>
          whenKnown(projectRecord(project, context), ({ teams }) =>
            teams.map((team) => teamSource(project.organization, team)),
          ),
      }),
      environments: t.stringList({
        nullable: false,
        description: `The environments its events named. ${source}`,
        extensions: detail,
        resolve: (project, _, context) =>
          whenKnown(projectRecord(project, context), ({ environments }) => environments),
      }),
      latestReleaseVersion: t.string({
        description: `The version of its newest release. ${source}`,
        extensions: detail,
        resolve: (project, _, context) =>
          whenKnown(projectRecord(project, context), ({ latestReleaseVersion }) => latestReleaseVersion),
      }),
    }),
  })
  const edge = addConnection(builder, ProjectConnectionRef, ProjectRef)
  addViewerProjects(builder, edge)

  builder.objectField(OrganizationRef, 'projects', (t) =>
    t.field({
      type: ProjectConnectionRef,
      description: `The projects the viewer may see, bookmarked ones first, then by slug; teams, environments and features come along. Costs a call: ${endpoint}.`,
      args: searchableListArguments(
        t.arg,
        'Text in the name or slug, or Sentry’s `slug:`, `id:`, `team:` and `is_member:1` terms.',
      ),
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/projects/', serves: 'parent' }),
      resolve: async (organization, args, context) =>
        await connectOrganizationList(projects, organization, args, context),
    }),
  )

  builder.objectField(TeamRef, 'projects', (t) =>
    t.field({
      type: ProjectConnectionRef,
      description:
        'The projects it owns that the viewer may see, by slug. Costs a call per team: `GET teams/{org}/{team}/projects/` (scope `project:read`).',
      extensions: asksSentry({ endpoint: 'GET teams/{org}/{team}/projects/', serves: 'parent' }),
      args: connectionArguments(t.arg),
      resolve: async ({ organization, reference: { id } }, args, context) => {
        const list: typeof projects.list = (sentry, address, page) =>
          listTeamProjects(sentry, address, { ...page, team: id })
        const ofTeam = { ...projects, field: `Team.projects ${id}`, list }
        return await connectOrganizationList(ofTeam, organization, args, context)
      },
    }),
  )

  builder.objectField(OrganizationRef, 'project', (t) =>
    t.field({
      type: ProjectRef,
      description:
        'One project by its slug, a former slug included; null with `NOT_FOUND` when there is none. Costs a call for all slugs of the operation: `GET organizations/{org}/projects/?query=slug:…` (scope `org:read`); a slug that is not found so costs one more: `GET projects/{org}/{project}/` (scope `project:read`).',
      args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
      extensions: asksSentry({
        endpoint: 'GET organizations/{org}/projects/',
        serves: 'siblings',
        ignoresArguments: true,
      }),
      resolve: async (organization, { slug }, context) => {
        const { loaders } = requireSignedIn(context)
        const record = await loaders.projectsBySlug.load({ organization, key: readSlug(slug) })
        rememberProjects(loaders, organization, [record])
        return projectSource(organization, record)
      },
    }),
  )
}

function projectRecord(
  { record, organization, reference }: ProjectSource,
  context: GraphContext,
): Project | Promise<Project> {
  return record ?? requireSignedIn(context).loaders.projects.load({ organization, key: reference.id })
}
