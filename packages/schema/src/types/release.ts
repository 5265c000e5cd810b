import { type ArgBuilder, ObjectRef } from '@pothos/core'
import { listCommits, listDeploys, listReleases, type Release } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionArguments, type ConnectionArguments, connectionRef } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { readEnvironmentNames } from '../environment-names.ts'
import { known } from '../known-value.ts'
import { addressOf, type OrganizationSource, releaseSource, type ReleaseSource } from '../node-source.ts'
import { organizationRecord } from '../organization-record.ts'
import { connectPages } from '../page-connection.ts'
import { permalink } from '../permalink.ts'
import { readProjectIds } from '../project-ids.ts'
import { selectsHealth } from '../release-health.ts'
import { readSearchText } from '../search-text.ts'
import { webAddress } from '../web-address.ts'
import { CommitAuthorRef } from './commit-author.ts'
import { CommitConnectionRef } from './commit.ts'
import { DeployConnectionRef, DeployRef } from './deploy.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { ReleaseProjectRef } from './release-project.ts'
import { addReleaseStatus, releaseStatuses } from './release-status.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'
import { addViewerReleases } from './viewer-releases.ts'

export const ReleaseRef = new ObjectRef<GraphTypes, ReleaseSource>('Release')
const ReleaseConnectionRef = connectionRef<ReleaseSource>('Release')

const list = '`GET organizations/{org}/releases/` (scope `project:read`)'
const detail = '`GET organizations/{org}/releases/{version}/` (scope `project:read`)'
const source = `Costs a call where only the version is known: ${detail}; else the release carries it.`

/** The release itself, asked for where something merely names it. */
const carried = asksSentry({
  endpoint: 'GET organizations/{org}/releases/{version}/',
  serves: 'parent',
  onlyForReferences: true,
  ignoresArguments: true,
})

export function addRelease(builder: GraphBuilder): void {
  const status = addReleaseStatus(builder)
  builder.objectType(ReleaseRef, {
    description: `A version of one or more projects. Sentry: ${list}.`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      version: t.exposeString('version', {
        nullable: false,
        description: 'The version, such as `shop@2.3.0+17` or the hash of a commit. No Sentry call.',
      }),
      shortVersion: t.string({
        description: `The version as Sentry shows it, such as \`2.3.0 (17)\`. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).shortVersion,
      }),
      status: t.field({
        type: status,
        description: `Whether it is still looked at. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) =>
          known(releaseStatuses, (await releaseRecord(release, context)).status) ?? 'unknown',
      }),
      ref: t.string({
        description: `The branch, tag or commit it was made of. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).ref,
      }),
      url: t.field({
        type: 'URI',
        description: `A page about it, as whoever made it said. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => webAddress((await releaseRecord(release, context)).url),
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(organizationPlan),
        resolve: async ({ organization, version }, _, context) => {
          const record = await organizationRecord(organization, context)
          return permalink(record, context.gateway.sentryUrl, { page: `releases/${encodeURIComponent(version)}/` })
        },
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).dateCreated,
      }),
      dateReleased: t.field({
        type: 'DateTime',
        description: `When it was released; null while it waits for that. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).dateReleased,
      }),
      firstEventAt: t.field({
        type: 'DateTime',
        description: `When the first event named it; null when none did. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).firstEvent,
      }),
      lastEventAt: t.field({
        type: 'DateTime',
        description: `When the last event named it; null when none did. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).lastEvent,
      }),
      newIssueCount: t.int({
        description: `How many issues were seen first in it. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).newGroups,
      }),
      commitCount: t.int({
        description: `How many commits came with it. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).commitCount,
      }),
      deployCount: t.int({
        description: `How often it was deployed. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => (await releaseRecord(release, context)).deployCount,
      }),
      authors: t.field({
        type: [CommitAuthorRef],
        description: `Who wrote its commits. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => {
          const { authors } = await releaseRecord(release, context)
          return authors.map((record) => ({ organization: release.organization, record }))
        },
      }),
      projects: t.field({
        type: [ReleaseProjectRef],
        description: `The projects it is of. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => {
          const { projects } = await releaseRecord(release, context)
          return projects.map((record) => ({ release, record }))
        },
      }),
      lastDeploy: t.field({
        type: DeployRef,
        description: `Its newest deploy; null when there was none. ${source}`,
        extensions: carried,
        resolve: async (release, _, context) => {
          const { lastDeploy } = await releaseRecord(release, context)
          return lastDeploy && { organization: release.organization, record: lastDeploy }
        },
      }),
      deploys: t.field({
        type: DeployConnectionRef,
        description:
          'Its deploys, newest first. Costs a call per release: `GET organizations/{org}/releases/{version}/deploys/` (scope `project:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/releases/{version}/deploys/', serves: 'parent' }),
        args: connectionArguments(t.arg),
        resolve: async (release, args, context) => await connectDeploys(release, args, context),
      }),
      commits: t.field({
        type: CommitConnectionRef,
        description:
          'Its commits, newest first. Costs a call per release: `GET organizations/{org}/releases/{version}/commits/` (scope `project:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/releases/{version}/commits/', serves: 'parent' }),
        args: connectionArguments(t.arg),
        resolve: async (release, args, context) => await connectCommits(release, args, context),
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  const edge = addConnection(builder, ReleaseConnectionRef, ReleaseRef)
  addViewerReleases(builder, edge)

  builder.objectField(OrganizationRef, 'releases', (t) =>
    t.field({
      type: ReleaseConnectionRef,
      description: `The releases of all projects the viewer may see, newest first, without archived ones. Costs a call: ${list}.`,
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/releases/', serves: 'parent' }),
      args: releaseListArguments(t.arg),
      resolve: async (organization, args, context) => await connectReleases(organization, args, context),
    }),
  )

  builder.objectField(OrganizationRef, 'release', (t) =>
    t.field({
      type: ReleaseRef,
      description: `One release by its version; null with \`NOT_FOUND\` when there is none. Costs a call per version: ${detail}; the health of its projects comes along.`,
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/releases/{version}/', serves: 'parent' }),
      args: { version: t.arg.string({ required: true, description: 'The exact version; case matters.' }) },
      resolve: async (organization, { version }, context, info) => {
        const { loaders } = requireSignedIn(context)
        const releases = selectsHealth(info) ? loaders.releasesWithHealth : loaders.releases
        return releaseSource(organization, await releases.load({ organization, key: version }))
      },
    }),
  )

  builder.objectField(ProjectRef, 'releases', (t) =>
    t.field({
      type: ReleaseConnectionRef,
      description: `Its releases, newest first, without archived ones. Costs a call per project: ${list}.`,
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/releases/', serves: 'parent' }),
      args: connectionArguments(t.arg),
      resolve: async ({ organization, reference }, args, context) =>
        await connectReleases(organization, args, context, [reference.id]),
    }),
  )
}

/** The arguments of a list of releases. */
export function releaseListArguments(arg: ArgBuilder<GraphTypes>) {
  return {
    query: arg.string({ description: 'Part of the version.' }),
    projectIds: arg.idList({ description: 'Of any of these projects only; at most 50.' }),
    environments: arg.stringList({ description: 'Deployed or seen in any of these only; at most 50.' }),
    ...connectionArguments(arg),
  }
}

type ReleaseListArguments = ConnectionArguments & {
  query?: string | null | undefined
  projectIds?: readonly string[] | null | undefined
  environments?: readonly string[] | null | undefined
}

async function connectReleases(
  organization: OrganizationSource,
  { query, projectIds, environments, ...args }: ReleaseListArguments,
  context: GraphContext,
  projects = readProjectIds(projectIds, organization),
) {
  const { sentry, loaders } = requireSignedIn(context)
  const search = { query: readSearchText(query), projects, environments: readEnvironmentNames(environments) }
  return await connectPages(args, {
    identity: ['Organization.releases', organization.sentryId, JSON.stringify(search)],
    page: (options) => listReleases(sentry, addressOf(organization), { ...options, search }),
    remember: (records: readonly Release[]) => loaders.releases.remember(organization, records),
    node: (record) => releaseSource(organization, record),
  })
}

async function connectDeploys(
  { organization, version }: ReleaseSource,
  args: ConnectionArguments,
  context: GraphContext,
) {
  const { sentry } = requireSignedIn(context)
  return await connectPages(args, {
    identity: ['Release.deploys', organization.sentryId, version],
    page: (options) => listDeploys(sentry, addressOf(organization), { ...options, version }),
    node: (record) => ({ organization, record }),
  })
}

async function connectCommits(
  { organization, version }: ReleaseSource,
  args: ConnectionArguments,
  context: GraphContext,
) {
  const { sentry } = requireSignedIn(context)
  return await connectPages(args, {
    identity: ['Release.commits', organization.sentryId, version],
    page: (options) => listCommits(sentry, addressOf(organization), { ...options, version }),
    node: (record) => ({ organization, record }),
  })
}

async function releaseRecord(
  { record, organization, version }: ReleaseSource,
  context: GraphContext,
): Promise<Release> {
  return record ?? (await requireSignedIn(context).loaders.releases.load({ organization, key: version }))
}
