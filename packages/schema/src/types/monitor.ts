import { ObjectRef } from '@pothos/core'
import { listCheckIns, listMonitors, type MonitorEnvironment } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, givesReference } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { known } from '../known-value.ts'
import { actorSource, addressOf, monitorSource, type MonitorSource, projectSource } from '../node-source.ts'
import { organizationRecord } from '../organization-record.ts'
import { connectPages } from '../page-connection.ts'
import { permalink } from '../permalink.ts'
import { readProjectIds } from '../project-ids.ts'
import type { ActorRef } from './actor.ts'
import { CheckInConnectionRef } from './check-in.ts'
import { addMonitorStatus, monitorStatuses } from './monitor-status.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

const MonitorRef = new ObjectRef<GraphTypes, MonitorSource>('Monitor')
const MonitorConnectionRef = connectionRef<MonitorSource>('Monitor')
const MonitorEnvironmentRef = new ObjectRef<GraphTypes, MonitorEnvironment>('MonitorEnvironment')

const listEndpoint = 'GET organizations/{org}/monitors/'
const checkInEndpoint = 'GET organizations/{org}/monitors/{monitor}/checkins/'
const source = `Sentry: \`${listEndpoint}\` (scope \`org:read\`).`

export function addMonitor(builder: GraphBuilder, actor: ActorRef): void {
  const status = addMonitorStatus(builder)
  builder.objectType(MonitorEnvironmentRef, {
    description: `How a monitor stands in one environment. ${source}`,
    fields: (t) => ({
      name: t.exposeString('name', { nullable: false, description: `The environment. ${source}` }),
      status: t.field({
        type: status,
        nullable: false,
        description: `How its last run went there. ${source}`,
        resolve: (environment) => known(monitorStatuses, environment.status) ?? 'unknown',
      }),
      rawStatus: t.exposeString('status', {
        description: `The same in Sentry’s word, from a growing list. ${source}`,
      }),
      lastCheckInAt: t.expose('lastCheckIn', {
        type: 'DateTime',
        description: `When it last reported; null when it never did. ${source}`,
      }),
      nextCheckInAt: t.expose('nextCheckIn', {
        type: 'DateTime',
        description: `When it should report next. ${source}`,
      }),
      isMuted: t.exposeBoolean('isMuted', {
        description: `Whether nobody is told when it fails there. ${source}`,
      }),
    }),
  })
  builder.objectType(MonitorRef, {
    description: `A job that should report at fixed times. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own id, a number or a UUID. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, unique in its project. ${source}`,
        resolve: ({ record }) => record.slug,
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${source}`,
        resolve: ({ record }) => record.name,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(organizationPlan),
        resolve: async ({ organization, record: { project, slug } }, _, context) => {
          if (project === null) return null
          const page = `crons/${encodeURIComponent(project.slug)}/${encodeURIComponent(slug)}/`
          return permalink(await organizationRecord(organization, context), context.gateway.sentryUrl, { page })
        },
      }),
      status: t.field({
        type: status,
        nullable: false,
        description: `Whether it is watched; on older servers, how its last run went. ${source}`,
        resolve: ({ record }) => known(monitorStatuses, record.status) ?? 'unknown',
      }),
      rawStatus: t.string({
        description: `The same in Sentry’s word, from a growing list. ${source}`,
        resolve: ({ record }) => record.status,
      }),
      isMuted: t.boolean({
        description: `Whether nobody is told when it fails. ${source}`,
        resolve: ({ record }) => record.isMuted,
      }),
      schedule: t.string({
        description: `When it should run: a crontab such as \`0 2 * * *\`, or \`every 10 minutes\`. ${source}`,
        resolve: ({ record }) => record.schedule,
      }),
      timezone: t.string({
        description: `The time zone of its crontab, such as \`Europe/Berlin\`. ${source}`,
        resolve: ({ record }) => record.timezone,
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'The project: its ids, slug, name and platform come along. The rest costs a call for all such projects of an organization: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`); null where that fails.',
        extensions: givesReference,
        resolve: ({ organization, record }) => record.project && projectSource(organization, record.project),
      }),
      owner: t.field({
        type: actor,
        description:
          'Who looks after it: ids and names come along. The rest costs a call for all such teams of an organization, `GET organizations/{org}/teams/?query=id:…` (scope `org:read`), or people, `GET organizations/{org}/members/?query=user.id:…` (scope `member:read`); null where that fails.',
        extensions: givesReference,
        resolve: ({ organization, record }) => record.owner && actorSource(organization, record.owner),
      }),
      environments: t.field({
        type: [MonitorEnvironmentRef],
        nullable: false,
        description: `How it stands in each environment. ${source}`,
        resolve: ({ record }) => record.environments,
      }),
      checkIns: t.field({
        type: CheckInConnectionRef,
        description: `Its runs, the latest first. Costs a call per monitor: \`${checkInEndpoint}\` (scope \`project:read\`).`,
        args: connectionArguments(t.arg),
        extensions: asksSentry({ endpoint: checkInEndpoint, serves: 'parent' }),
        resolve: async ({ organization, record }, args, context) => {
          const { sentry } = requireSignedIn(context)
          return await connectPages(args, {
            identity: ['Monitor.checkIns', organization.sentryId, record.id],
            page: (options) => listCheckIns(sentry, addressOf(organization), { ...options, monitor: record.id }),
            node: (checkIn) => ({ organization, record: checkIn }),
          })
        },
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, MonitorConnectionRef, MonitorRef)

  builder.objectField(OrganizationRef, 'monitors', (t) =>
    t.field({
      type: MonitorConnectionRef,
      description: `The monitors of all projects the viewer may see, by name. Costs a call: \`${listEndpoint}\` (scope \`org:read\`).`,
      args: {
        projectIds: t.arg.idList({ description: 'Of any of these projects only; at most 50.' }),
        ...connectionArguments(t.arg),
      },
      extensions: asksSentry({ endpoint: listEndpoint, serves: 'parent' }),
      resolve: async (organization, { projectIds, ...args }, context) => {
        const { sentry, loaders } = requireSignedIn(context)
        const projects = readProjectIds(projectIds, organization)
        return await connectPages(args, {
          identity: ['Organization.monitors', organization.sentryId, JSON.stringify(projects)],
          page: (options) => listMonitors(sentry, addressOf(organization), { ...options, projects }),
          remember: (records) => loaders.monitors.remember(organization, records),
          node: (record) => monitorSource(organization, record),
        })
      },
    }),
  )
}
