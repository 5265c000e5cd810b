import { ObjectRef } from '@pothos/core'
import { MOST_SERIES } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { readInterval } from '../interval.ts'
import type { CrashFreeRate } from '../project-statistics.ts'
import { readTimeRange } from '../time-range.ts'
import { ProjectRef } from './project.ts'
import { TimeRangeRef } from './time-range.ts'
import { TimeSeriesRef } from './time-series.ts'

const CrashFreeRateRef = new ObjectRef<GraphTypes, CrashFreeRate>('CrashFreeRate')

/** The numbers of a project that siblings are asked for together. */
export function addProjectStatistics(builder: GraphBuilder): void {
  builder.objectType(CrashFreeRateRef, {
    description: 'Which part of sessions and users was free of crashes.',
    fields: (t) => ({
      sessions: t.exposeFloat('sessions', {
        description: 'Of the sessions, 0 to 1; null where there were none. No Sentry call of its own.',
      }),
      users: t.exposeFloat('users', {
        description: 'Of the users, 0 to 1; null where nobody can be told apart. No Sentry call of its own.',
      }),
    }),
  })

  builder.objectField(ProjectRef, 'errorSeries', (t) =>
    t.field({
      type: TimeSeriesRef,
      description: `Its error events over time; zeros for a project without any, null where Sentry does not tell. Costs a call for every ${MOST_SERIES} such projects of an organization: \`GET organizations/{org}/events-timeseries/?groupBy=project\` (scope \`org:read\`).`,
      extensions: asksSentry({
        endpoint: 'GET organizations/{org}/events-timeseries/',
        serves: 'siblings',
        batchSize: MOST_SERIES,
      }),
      args: {
        range: t.arg({ type: TimeRangeRef, required: true, description: 'The time it covers.' }),
        interval: t.arg({
          type: 'Duration',
          description: 'The length of an interval, at most that of the range; one that suits the range when left out.',
        }),
      },
      resolve: async (project, { range: input, interval }, context) => {
        const { errorSeries } = requireSignedIn(context).loaders.projectStatistics
        const range = readTimeRange(input)
        return await errorSeries.load({ project, question: { range, interval: readInterval(interval, range) } })
      },
    }),
  )

  builder.objectField(ProjectRef, 'errorCount', (t) =>
    t.field({
      type: 'Count',
      description:
        'How many error events Sentry accepted of it. Costs a call for all such projects of an organization: `GET organizations/{org}/stats_v2/?groupBy=project` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/stats_v2/', serves: 'siblings' }),
      args: {
        range: t.arg({ type: TimeRangeRef, required: true, description: 'The time it covers, in whole hours.' }),
      },
      resolve: async (project, { range }, context) =>
        await requireSignedIn(context).loaders.projectStatistics.errorCount.load({
          project,
          question: readTimeRange(range),
        }),
    }),
  )

  builder.objectField(ProjectRef, 'crashFreeRate', (t) =>
    t.field({
      type: CrashFreeRateRef,
      description:
        'How much of its use was free of crashes; null, which is not 100 %, for a project without sessions. Costs a call for all such projects of an organization: `GET organizations/{org}/sessions/?groupBy=project` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/sessions/', serves: 'siblings' }),
      args: {
        range: t.arg({
          type: TimeRangeRef,
          required: true,
          description: 'The time it covers: in whole hours up to four days, in whole days beyond.',
        }),
      },
      resolve: async (project, { range }, context) =>
        await requireSignedIn(context).loaders.projectStatistics.crashFreeRate.load({
          project,
          question: readTimeRange(range),
        }),
    }),
  )

  builder.objectField(ProjectRef, 'activeIssueCount', (t) =>
    t.field({
      type: 'Count',
      description:
        'How many of its issues had error events in the range, whatever their status. Costs a call for all such projects of an organization: `GET organizations/{org}/events/?field=project&field=count_unique(issue)` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/events/', serves: 'siblings' }),
      args: { range: t.arg({ type: TimeRangeRef, required: true, description: 'The time it covers.' }) },
      resolve: async (project, { range }, context) =>
        await requireSignedIn(context).loaders.projectStatistics.activeIssueCount.load({
          project,
          question: readTimeRange(range),
        }),
    }),
  )
}
