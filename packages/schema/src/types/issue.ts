import { ObjectRef } from '@pothos/core'
import { type Issue, listIssues } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, givesReference } from '../call-plan.ts'
import { addConnection, type ConnectionArguments, connectionRef } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { selectedIssueParts } from '../issue-parts.ts'
import { known } from '../known-value.ts'
import { type IssueListArguments, readIssueSearch } from '../issue-search.ts'
import {
  actorSource,
  addressOf,
  issueSource,
  type IssueSource,
  type OrganizationSource,
  projectSource,
} from '../node-source.ts'
import { connectPages } from '../page-connection.ts'
import { readSlug } from '../slug.ts'
import { statsSeries } from '../time-series.ts'
import { webAddress } from '../web-address.ts'
import type { ActorRef } from './actor.ts'
import { addIssueDetails } from './issue-details.ts'
import { addIssueEvents } from './issue-events.ts'
import { addIssueFilter } from './issue-filter.ts'
import { issueListArguments } from './issue-list-arguments.ts'
import { addIssuePriority, issuePriorities } from './issue-priority.ts'
import { addIssueSort } from './issue-sort.ts'
import { addIssueStatsPeriod } from './issue-stats-period.ts'
import { addIssueStatus, issueStatuses } from './issue-status.ts'
import { addIssueSubstatus, issueSubstatuses } from './issue-substatus.ts'
import { addIssueTags } from './issue-tags.ts'
import { addLevel, levels } from './level.ts'
import { LinkAnnotationRef } from './link-annotation.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { TimeSeriesRef } from './time-series.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'
import { addViewerIssues } from './viewer-issues.ts'

export const IssueRef = new ObjectRef<GraphTypes, IssueSource>('Issue')
const IssueConnectionRef = connectionRef<IssueSource>('Issue')

const endpoint = '`GET organizations/{org}/issues/` (scope `event:read`)'
const source = `Sentry: ${endpoint}.`
const number = `Asked for only when selected. ${source}`

export function addIssue(builder: GraphBuilder, actor: ActorRef): void {
  const level = addLevel(builder)
  const status = addIssueStatus(builder)
  const substatus = addIssueSubstatus(builder)
  const priority = addIssuePriority(builder)
  const sort = addIssueSort(builder)
  const statsPeriod = addIssueStatsPeriod(builder)
  addIssueFilter(builder, { level, status, priority })

  builder.objectType(IssueRef, {
    description: `A group of events that have the same cause. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      shortId: t.string({
        description: `The name people call it by, such as \`WEB-1A\`. ${source}`,
        resolve: ({ record }) => record.shortId,
      }),
      title: t.string({
        nullable: false,
        description: `Its headline; the short id where it has none. ${source}`,
        resolve: ({ record }) => record.title,
      }),
      culprit: t.string({
        description: `Where in the code it comes from. ${source}`,
        resolve: ({ record }) => record.culprit,
      }),
      permalink: t.field({
        type: 'URI',
        description: `Its page in Sentry’s web UI. ${source}`,
        resolve: ({ record }) => webAddress(record.permalink),
      }),
      logger: t.string({ description: `Who logged it. ${source}`, resolve: ({ record }) => record.logger }),
      level: t.field({
        type: level,
        nullable: false,
        description: `How bad its events are. ${source}`,
        resolve: ({ record }) => known(levels, record.level) ?? 'unknown',
      }),
      status: t.field({
        type: status,
        nullable: false,
        description: `What was decided about it. ${source}`,
        resolve: ({ record }) => known(issueStatuses, record.status) ?? 'unknown',
      }),
      substatus: t.field({
        type: substatus,
        description: `How it stands in its status; null where it has none. ${source}`,
        resolve: ({ record }) => known(issueSubstatuses, record.substatus),
      }),
      priority: t.field({
        type: priority,
        description: `How urgent it is; null where nobody said. ${source}`,
        resolve: ({ record }) => known(issuePriorities, record.priority),
      }),
      platform: t.string({
        description: `What its events were sent by, in Sentry’s growing list. ${source}`,
        resolve: ({ record }) => record.platform,
      }),
      type: t.string({
        description: `What kind of problem it is, in Sentry’s growing list (\`performance_slow_db_query\`). ${source}`,
        resolve: ({ record }) => record.issueType,
      }),
      category: t.string({
        description: `The group of kinds it belongs to, in Sentry’s growing list (\`db_query\`). ${source}`,
        resolve: ({ record }) => record.issueCategory,
      }),
      isUnhandled: t.boolean({
        description: `Whether an event of it was not caught by the application. ${number}`,
        resolve: ({ record }) => record.isUnhandled,
      }),
      isBookmarked: t.boolean({
        nullable: false,
        description: `Whether the viewer bookmarked it. ${source}`,
        resolve: ({ record }) => record.isBookmarked ?? false,
      }),
      isSubscribed: t.boolean({
        nullable: false,
        description: `Whether the viewer is told about it. ${source}`,
        resolve: ({ record }) => record.isSubscribed ?? false,
      }),
      hasSeen: t.boolean({
        nullable: false,
        description: `Whether the viewer has opened it. ${source}`,
        resolve: ({ record }) => record.hasSeen ?? false,
      }),
      commentCount: t.int({
        nullable: false,
        description: `How many comments it has. ${source}`,
        resolve: ({ record }) => record.numComments ?? 0,
      }),
      eventCount: t.field({
        type: 'Count',
        description: `How many events it has. ${number}`,
        resolve: ({ record }) => record.count,
      }),
      userCount: t.field({
        type: 'Count',
        description: `How many people it happened to. ${number}`,
        resolve: ({ record }) => record.userCount,
      }),
      firstSeen: t.field({
        type: 'DateTime',
        description: `When its first event happened. ${number}`,
        resolve: ({ record }) => record.firstSeen,
      }),
      lastSeen: t.field({
        type: 'DateTime',
        description: `When its last event happened. ${number}`,
        resolve: ({ record }) => record.lastSeen,
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'The project: its ids, slug, name and platform come along. The rest costs a call for all such projects of an organization: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`); null where that fails.',
        extensions: givesReference,
        resolve: ({ organization, record }) => record.project && projectSource(organization, record.project),
      }),
      assignee: t.field({
        type: actor,
        description:
          'Who looks after it: ids and names come along. The rest costs a call for all such teams of an organization, `GET organizations/{org}/teams/?query=id:…` (scope `org:read`), or people, `GET organizations/{org}/members/?query=user.id:…` (scope `member:read`); null where that fails.',
        extensions: givesReference,
        resolve: ({ organization, record }) => record.assignedTo && actorSource(organization, record.assignedTo),
      }),
      annotations: t.field({
        type: [LinkAnnotationRef],
        nullable: false,
        description: `What others say of it, such as the tickets of older integrations. ${source}`,
        resolve: ({ record }) => record.annotations,
      }),
      metadata: t.field({
        type: 'JSON',
        description: `What its title is made of, by its kind: mostly \`type\`, \`value\`, \`filename\` and \`function\`. ${source}`,
        resolve: ({ record }) => record.metadata,
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
      trend: t.field({
        type: TimeSeriesRef,
        description: `Its events over time. A list brings one period along; another one costs a call for all issues of an organization: ${endpoint}.`,
        args: {
          period: t.arg({
            type: statsPeriod,
            required: true,
            defaultValue: '24h',
            description: 'The time it covers.',
          }),
        },
        extensions: asksSentry({
          endpoint: 'GET organizations/{org}/issues/',
          serves: 'siblings',
          comesWithPage: true,
        }),
        resolve: async ({ organization, record }, { period }, context) => {
          const { issueTrends } = requireSignedIn(context).loaders
          const { stats } =
            record.stats[period] === undefined
              ? await issueTrends[period].load({ organization, key: record.id })
              : record
          return statsSeries(stats[period] ?? [])
        },
      }),
    }),
  })
  const edge = addConnection(builder, IssueConnectionRef, IssueRef)
  addViewerIssues(builder, { edge, sort })
  addIssueDetails(builder, IssueRef, actor)
  addIssueEvents(builder, IssueRef)
  addIssueTags(builder, IssueRef)

  builder.objectField(OrganizationRef, 'issues', (t) =>
    t.field({
      type: IssueConnectionRef,
      description: `The issues of all projects the viewer may see that had events in the range. Costs a call: ${endpoint}.`,
      args: issueListArguments(t.arg, sort),
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/issues/', serves: 'parent' }),
      resolve: async (organization, args, context, info) => await connectIssues(organization, args, context, info),
    }),
  )

  builder.objectField(OrganizationRef, 'issue', (t) =>
    t.field({
      type: IssueRef,
      description:
        'One issue by its short id; null with `NOT_FOUND` when there is none. Costs a call: `GET organizations/{org}/shortids/{shortId}/` (scope `event:read`).',
      args: { shortId: t.arg.string({ required: true, description: 'Such as `WEB-1A`.' }) },
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/shortids/{shortId}/', serves: 'parent' }),
      resolve: async (organization, { shortId }, context) => {
        const { loaders } = requireSignedIn(context)
        return issueSource(organization, await loaders.issuesByShortId.load(organization, readSlug(shortId)))
      },
    }),
  )

  builder.objectField(ProjectRef, 'issues', (t) =>
    t.field({
      type: IssueConnectionRef,
      description: `The issues of the project that had events in the range. Costs a call per project: ${endpoint}.`,
      args: issueListArguments(t.arg, sort),
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/issues/', serves: 'parent' }),
      resolve: async ({ organization, reference }, args, context, info) =>
        await connectIssues(organization, args, context, info, reference.id),
    }),
  )
}

/** A list of issues that brings along what is selected of them, and nothing else that Sentry would have to count. */
async function connectIssues(
  organization: OrganizationSource,
  args: ConnectionArguments & IssueListArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
  project?: string,
) {
  const { sentry } = requireSignedIn(context)
  const search = readIssueSearch(args, organization, project)
  const parts = selectedIssueParts(info)
  return await connectPages(args, {
    identity: ['Organization.issues', organization.sentryId, JSON.stringify(search)],
    page: (options) => listIssues(sentry, addressOf(organization), { ...options, search, parts }),
    node: (record: Issue) => issueSource(organization, record),
  })
}
