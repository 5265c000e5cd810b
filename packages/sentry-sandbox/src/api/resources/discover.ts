import { answerJson } from '../answer.ts'
import type { Column } from '../discover/column.ts'
import { describeColumn, listRows, readEventTable } from '../discover/event-rows.ts'
import { createSeries, readSeriesQuery, type EventSeries, type SeriesQuery } from '../discover/event-series.ts'
import { readEventSource, type EventSource } from '../discover/event-source.ts'
import { limitRate, readScopes, type Endpoint } from '../endpoint.ts'
import { organizationEndpoint } from '../organization-access.ts'
import { takePage } from '../pagination.ts'

/** Rows are keyed by the columns as they were asked for. */
const table = organizationEndpoint('organizations/:organization/events/', readScopes('org'), (request, access) => {
  const source = readEventSource(request, access)
  const events = readEventTable(request.query)
  const rows = listRows(source, events)
  const page = takePage(request, rows.items)
  return answerJson(
    { data: page.items.map((item) => rows.present(item)), meta: presentMeta(source, events.columns) },
    page.headers,
  )
})

function presentMeta({ dataset }: EventSource, columns: readonly Column[]): object {
  const described = columns.map((column) => ({ text: column.text, ...describeColumn(column) }))
  return {
    fields: Object.fromEntries(described.map(({ text, type }) => [text, type])),
    units: Object.fromEntries(described.map(({ text, unit }) => [text, unit])),
    isMetricsData: false,
    isMetricsExtractedData: false,
    tips: { query: null, columns: null },
    datasetReason: 'unchanged',
    dataset: dataset.name,
  }
}

/** Everything here is in milliseconds, the interval too. */
const timeSeries = organizationEndpoint(
  'organizations/:organization/events-timeseries/',
  readScopes('org'),
  (request, access) => {
    const source = readEventSource(request, access)
    const query = readSeriesQuery(request.query, source.range, 'groupBy')
    if (source.histories.length === 0) return answerJson({ meta: { dataset: '', start: 0, end: 0 }, timeSeries: [] })
    const { dataset, range } = source
    return answerJson({
      meta: { dataset: dataset.name, start: range.start, end: range.end },
      timeSeries: createSeries(source, query).map((series) => presentSeries(series, query, source.now)),
    })
  },
)

/** Events may come late by so much. */
const ingestionDelay = 90_000

function presentSeries({ axis, values, compared, group }: EventSeries, { buckets }: SeriesQuery, now: number): object {
  return {
    yAxis: axis.text,
    ...(group === null ? {} : { groupBy: group.isOther ? null : group.by }),
    values: buckets.starts.map((timestamp, index) => {
      const isIncomplete = timestamp + buckets.interval >= now - ingestionDelay
      return {
        timestamp,
        value: values[index] ?? 0,
        incomplete: isIncomplete,
        ...(isIncomplete ? { incompleteReason: 'INCOMPLETE_BUCKET' } : {}),
        ...(compared === null ? {} : { comparisonValue: compared[index] ?? 0 }),
      }
    }),
    meta: {
      valueType: axis.type,
      valueUnit: axis.unit,
      interval: buckets.interval,
      ...(group === null ? {} : { order: group.order, isOther: group.isOther }),
    },
  }
}

/** The older form: seconds, and maps by group and axis where there are several. */
const stats = organizationEndpoint(
  'organizations/:organization/events-stats/',
  readScopes('org'),
  (request, access) => {
    const source = readEventSource(request, access)
    const query = readSeriesQuery(request.query, source.range, 'field')
    if (source.histories.length === 0) return answerJson({ data: [] })
    const series = createSeries(source, query)
    const present = (some: readonly EventSeries[]) => presentAxes(some, query, source)
    if (query.top === null) return answerJson(present(series))
    const groups = Map.groupBy(series, ({ group }) =>
      group === null || group.isOther ? 'Other' : group.by.map(({ value }) => String(value)).join(','),
    )
    return answerJson(Object.fromEntries([...groups].map(([name, some]) => [name, present(some)])))
  },
)

function presentAxes(series: readonly EventSeries[], query: SeriesQuery, source: EventSource): object {
  const [first] = series
  if (first !== undefined && series.length === 1) return presentStats(first, query, source)
  return Object.fromEntries(series.map((one) => [one.axis.text, presentStats(one, query, source)]))
}

function presentStats(
  { values, group }: EventSeries,
  { buckets }: SeriesQuery,
  { range, dataset }: EventSource,
): object {
  return {
    data: buckets.starts.map((start, index) => [start / 1000, [{ count: values[index] ?? 0 }]]),
    start: Math.floor(range.start / 1000),
    end: Math.floor(range.end / 1000),
    isMetricsData: false,
    meta: { dataset: dataset.name },
    ...(group === null ? {} : { order: group.order }),
  }
}

/** Questions about events. */
export const discoverEndpoints: readonly Endpoint[] = [
  limitRate({ group: 'events', limit: 50, window: 1, concurrency: 50 }, table),
  limitRate({ group: 'events-timeseries', limit: 30, window: 1, concurrency: 15 }, timeSeries),
  limitRate({ group: 'events-stats', limit: 30, window: 1, concurrency: 15 }, stats),
]
