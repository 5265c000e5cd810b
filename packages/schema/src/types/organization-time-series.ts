import type { EnumRef } from '@pothos/core'
import { type Dataset, measureEvents } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { readInterval } from '../interval.ts'
import { addressOf } from '../node-source.ts'
import { readProjectIds } from '../project-ids.ts'
import { readFilledText, readSearchText } from '../search-text.ts'
import { readTimeRange } from '../time-range.ts'
import { eventSeries } from '../time-series.ts'
import { OrganizationRef } from './organization.ts'
import { TimeRangeRef } from './time-range.ts'
import { TimeSeriesRef } from './time-series.ts'

/** Numbers of events of an organization over time. */
export function addOrganizationTimeSeries(builder: GraphBuilder, dataset: EnumRef<GraphTypes, Dataset, Dataset>): void {
  builder.objectField(OrganizationRef, 'timeSeries', (t) =>
    t.field({
      type: TimeSeriesRef,
      description:
        'One number of events over time; null where there are no projects to ask about. Costs a call: `GET organizations/{org}/events-timeseries/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/events-timeseries/', serves: 'parent' }),
      args: {
        dataset: t.arg({ type: dataset, required: true, description: 'What kind of data.' }),
        yAxis: t.arg.string({
          required: true,
          defaultValue: 'count()',
          description: 'A function, such as `count()`, `count_unique(user)` or `p95(span.duration)`.',
        }),
        query: t.arg.string({ description: 'Sentry’s search syntax; everything when left out.' }),
        projectIds: t.arg.idList({
          description: 'Of these projects only, at most 50; of all the viewer may see when left out.',
        }),
        range: t.arg({ type: TimeRangeRef, required: true, description: 'The time it covers.' }),
        interval: t.arg({
          type: 'Duration',
          description: 'The length of an interval, at most that of the range; one that suits the range when left out.',
        }),
      },
      resolve: async (organization, { dataset: kind, yAxis, query, projectIds, range: input, interval }, context) => {
        const range = readTimeRange(input)
        const asked = readInterval(interval, range)
        const { series } = await measureEvents(requireSignedIn(context).sentry, addressOf(organization), {
          dataset: kind,
          yAxis: readFilledText('yAxis', yAxis),
          query: readSearchText(query),
          range,
          interval: asked,
          projects: readProjectIds(projectIds, organization),
        })
        const [only] = series
        return only && eventSeries(only, asked)
      },
    }),
  )
}
