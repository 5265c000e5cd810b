import { ObjectRef } from '@pothos/core'
import { listReplays, type Replay, type ReplayField } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { addressOf, projectSource, replaySource, type ReplaySource } from '../node-source.ts'
import { organizationRecord } from '../organization-record.ts'
import { connectPages } from '../page-connection.ts'
import { permalink } from '../permalink.ts'
import { readProjectIds } from '../project-ids.ts'
import { readSearchText } from '../search-text.ts'
import { selectionOf } from '../selection.ts'
import { readTimeRange } from '../time-range.ts'
import { EventUserRef } from './event-user.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { TimeRangeRef } from './time-range.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

const ReplayRef = new ObjectRef<GraphTypes, ReplaySource>('Replay')
const ReplayConnectionRef = connectionRef<ReplaySource>('Replay')

const listEndpoint = 'GET organizations/{org}/replays/'
const source = `Asked for only when selected. Sentry: \`${listEndpoint}\` (scope \`org:read\`).`

/** What Sentry calls what our fields hold. */
const wireFields: Readonly<Record<string, ReplayField>> = {
  project: 'project_id',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  durationSeconds: 'duration',
  environment: 'environment',
  user: 'user',
  urls: 'urls',
  browser: 'browser',
  os: 'os',
  errorCount: 'count_errors',
  deadClickCount: 'count_dead_clicks',
  rageClickCount: 'count_rage_clicks',
  releaseVersions: 'releases',
  isArchived: 'is_archived',
}

export function addReplay(builder: GraphBuilder): void {
  builder.objectType(ReplayRef, {
    description: `A recording of what a person saw and did. What is left of a deleted one is its id and its beginning. Sentry: \`${listEndpoint}\` (scope \`org:read\`).`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      replayId: t.string({
        nullable: false,
        description: `Sentry’s id, 32 hex digits. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(organizationPlan),
        resolve: async ({ organization, record }, _, context) => {
          const page = `replays/${record.id}/`
          return permalink(await organizationRecord(organization, context), context.gateway.sentryUrl, { page })
        },
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'The project it was sent to. Costs a call for all such projects of an organization: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/projects/', serves: 'siblings' }),
        resolve: async ({ organization, record }, _, context) => {
          if (record.project_id === null) return null
          const { projects } = requireSignedIn(context).loaders
          return projectSource(organization, await projects.load({ organization, key: record.project_id }))
        },
      }),
      startedAt: t.field({
        type: 'DateTime',
        description: `When it begins. ${source}`,
        resolve: ({ record }) => record.started_at,
      }),
      finishedAt: t.field({
        type: 'DateTime',
        description: `When it ends. ${source}`,
        resolve: ({ record }) => record.finished_at,
      }),
      durationSeconds: t.float({
        description: `How long it lasts, in seconds. ${source}`,
        resolve: ({ record }) => record.duration,
      }),
      environment: t.string({
        description: `Where it was recorded, such as \`production\`. ${source}`,
        resolve: ({ record }) => record.environment,
      }),
      user: t.field({
        type: EventUserRef,
        description: `Whom it shows, as far as the application told. ${source}`,
        resolve: ({ record: { user } }) => user && { ...user, name: null, ip_address: user.ip },
      }),
      urls: t.stringList({
        nullable: false,
        description: `The pages that were visited, in their order. ${source}`,
        resolve: ({ record }) => record.urls,
      }),
      browser: t.string({
        description: `The browser with its version. ${source}`,
        resolve: ({ record }) => nameOf(record.browser),
      }),
      os: t.string({
        description: `The operating system with its version. ${source}`,
        resolve: ({ record }) => nameOf(record.os),
      }),
      errorCount: t.int({
        description: `How many errors happened in it. ${source}`,
        resolve: ({ record }) => record.count_errors,
      }),
      deadClickCount: t.int({
        description: `How many clicks did nothing. ${source}`,
        resolve: ({ record }) => record.count_dead_clicks,
      }),
      rageClickCount: t.int({
        description: `How often somebody clicked again and again in vain. ${source}`,
        resolve: ({ record }) => record.count_rage_clicks,
      }),
      releaseVersions: t.stringList({
        nullable: false,
        description: `The versions that ran. ${source}`,
        resolve: ({ record }) => record.releases,
      }),
      isArchived: t.boolean({
        description: `Whether somebody has deleted it. ${source}`,
        resolve: ({ record }) => record.is_archived,
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, ReplayConnectionRef, ReplayRef)

  builder.objectField(OrganizationRef, 'replays', (t) =>
    t.field({
      type: ReplayConnectionRef,
      description: `The replays of all projects the viewer may see, the latest first; null with \`NOT_FOUND\` where no project records any. Costs a call: \`${listEndpoint}\` (scope \`org:read\`).`,
      args: {
        query: t.arg.string({ description: 'Sentry’s search syntax, such as `count_errors:>0`.' }),
        projectIds: t.arg.idList({ description: 'Of any of these projects only; at most 50.' }),
        range: t.arg({ type: TimeRangeRef, description: 'When they began; the last 90 days when left out.' }),
        ...connectionArguments(t.arg),
      },
      extensions: asksSentry({ endpoint: listEndpoint, serves: 'parent' }),
      resolve: async (organization, { query, projectIds, range, ...args }, context, info) => {
        const { sentry } = requireSignedIn(context)
        const search = {
          query: readSearchText(query),
          projects: readProjectIds(projectIds, organization),
          range: readTimeRange(range ?? { last: '90d' }),
        }
        const fields = selectedFields(info)
        return await connectPages(args, {
          identity: ['Organization.replays', organization.sentryId, JSON.stringify(search)],
          page: (options) => listReplays(sentry, addressOf(organization), { ...options, search, fields }),
          node: (record) => replaySource(organization, record),
        })
      },
    }),
  )
}

function selectedFields(info: GraphQLResolveInfo): readonly ReplayField[] {
  const selection = selectionOf(info, 'Replay')
  return ['id', ...Object.entries(wireFields).flatMap(([field, wire]) => (selection.has(field) ? [wire] : []))]
}

function nameOf(product: Replay['browser']): string | null {
  return product?.name ? [product.name, product.version].filter(Boolean).join(' ') : null
}
