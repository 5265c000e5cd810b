import { ObjectRef } from '@pothos/core'
import { measureUsage, type TimeRange, type Usage } from '@sentry-graph/sentry-api'
import { bounded } from '../bounded.ts'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { readHourlyInterval } from '../interval.ts'
import { known } from '../known-value.ts'
import { addressOf, type OrganizationSource, projectSource } from '../node-source.ts'
import { describeTimeRange, readTimeRange, type TimeRangeInput } from '../time-range.ts'
import { intervalSeries, type TimeSeriesSource } from '../time-series.ts'
import { addDataCategory, dataCategories, type DataCategory } from './data-category.ts'
import { OrganizationRef } from './organization.ts'
import { addOutcome, outcomes } from './outcome.ts'
import { ProjectRef } from './project.ts'
import { TimeRangeRef } from './time-range.ts'
import { TimeSeriesRef } from './time-series.ts'

interface UsageReportSource {
  range: TimeRange
  groups: UsageGroupSource[]
}

interface UsageGroupSource {
  organization: OrganizationSource
  group: Usage['groups'][number]
  series: TimeSeriesSource | null
}

const UsageReportRef = new ObjectRef<GraphTypes, UsageReportSource>('UsageReport')
const UsageGroupRef = new ObjectRef<GraphTypes, UsageGroupSource>('UsageGroup')

const source = 'Comes with the report; no Sentry call of its own.'

export function addUsageReport(builder: GraphBuilder): void {
  const category = addDataCategory(builder)
  const outcome = addOutcome(builder)
  builder.objectType(UsageGroupRef, {
    description: 'Data of one category with one outcome.',
    fields: (t) => ({
      category: t.field({
        type: category,
        nullable: false,
        description: `What kind of data. ${source}`,
        resolve: ({ group }) => known(dataCategories, group.category) ?? 'unknown',
      }),
      rawCategory: t.string({
        description: `The category as Sentry names it. ${source}`,
        resolve: ({ group }) => group.category,
      }),
      outcome: t.field({
        type: outcome,
        nullable: false,
        description: `What became of it. ${source}`,
        resolve: ({ group }) => known(outcomes, group.outcome) ?? 'unknown',
      }),
      rawOutcome: t.string({
        description: `The outcome as Sentry names it. ${source}`,
        resolve: ({ group }) => group.outcome,
      }),
      total: t.field({
        type: 'Count',
        description: `How much of it: items, of attachments bytes, of profile durations milliseconds. ${source}`,
        resolve: ({ group }) => group.total,
      }),
      series: t.expose('series', {
        type: TimeSeriesRef,
        description: `The same over time; null by project, where Sentry gives totals alone. ${source}`,
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'Whose it is; null unless asked for by project. Costs a call for all of them: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/projects/', serves: 'siblings' }),
        resolve: async ({ organization, group: { projectId } }, _, context) => {
          if (projectId === null) return null
          const { projects } = requireSignedIn(context).loaders
          return projectSource(organization, await projects.load({ organization, key: projectId }))
        },
      }),
    }),
  })
  builder.objectType(UsageReportRef, {
    description: 'What an organization sent to Sentry.',
    fields: (t) => ({
      range: t.string({
        nullable: false,
        description:
          'The time it covers, as it was asked for: `14d`, or two instants with a slash between them. No Sentry call of its own.',
        resolve: ({ range }) => describeTimeRange(range),
      }),
      groups: t.field({
        type: [UsageGroupRef],
        nullable: false,
        description: `What was sent, by category and outcome; what is missing was not sent. ${source}`,
        resolve: ({ groups }) => groups,
      }),
    }),
  })

  builder.objectField(OrganizationRef, 'usage', (t) =>
    t.field({
      type: UsageReportRef,
      description:
        'What the whole organization sent to Sentry, by category and outcome. Costs a call: `GET organizations/{org}/stats_v2/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/stats_v2/', serves: 'parent' }),
      args: {
        range: t.arg({
          type: TimeRangeRef,
          required: true,
          description: 'The time it covers; Sentry widens it to whole intervals.',
        }),
        categories: t.arg({
          type: [category],
          description: 'Of these categories only, at most 50; of all when left out.',
        }),
        interval: t.arg({
          type: 'Duration',
          description:
            'The length of an interval: whole hours that divide a day. One that suits the range when left out.',
        }),
        byProject: t.arg.boolean({
          required: true,
          defaultValue: false,
          description: 'Whether to tell projects apart, those that the viewer may see; there are no series then.',
        }),
      },
      resolve: async (organization, args, context) => await readUsage(organization, args, context),
    }),
  )
}

interface UsageArguments {
  range: TimeRangeInput
  categories?: readonly DataCategory[] | null | undefined
  interval?: string | null | undefined
  byProject: boolean
}

async function readUsage(organization: OrganizationSource, args: UsageArguments, context: GraphContext) {
  const range = readTimeRange(args.range)
  const interval = readHourlyInterval(args.interval, range)
  const { sentry } = requireSignedIn(context)
  const { intervals, groups } = await measureUsage(sentry, addressOf(organization), {
    groupBy: ['category', 'outcome', ...(args.byProject ? (['project'] as const) : [])],
    categories: readCategories(args.categories),
    outcomes: [],
    range,
    interval,
    projects: [],
  })
  return {
    range,
    groups: groups.map((group) => ({
      organization,
      group,
      series: group.series && intervalSeries(intervals, group.series, { interval, range, isSummable: true }),
    })),
  }
}

// Quantities of these are no numbers of items: https://docs.sentry.io/api/organizations/retrieve-event-counts-for-an-organization-v2/
const alone: readonly DataCategory[] = ['attachment', 'profile_duration']

function readCategories(categories: readonly DataCategory[] | null | undefined): readonly string[] {
  const wanted = bounded('categories', [...new Set(categories ?? [])])
  if (wanted.includes('unknown')) throw new GraphError('BAD_USER_INPUT', 'Sentry cannot be asked for UNKNOWN.')
  if (wanted.length > 1 && alone.some((category) => wanted.includes(category))) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'Sentry gives ATTACHMENT and PROFILE_DURATION alone, for they count bytes and time.',
    )
  }
  return wanted
}
