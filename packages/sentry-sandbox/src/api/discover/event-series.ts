import type { WorldEvent } from '../../world/event.ts'
import { badRequest } from '../api-error.ts'
import { createBuckets, type Buckets } from '../parameters/interval.ts'
import { parsePeriod } from '../parameters/period.ts'
import { maximumPoints, tooManyPoints } from '../parameters/resolution.ts'
import type { TimeRange } from '../parameters/time-range.ts'
import { parseColumn, type Column, type FunctionColumn } from './column.ts'
import { fieldOf, type FieldValue } from './event-field.ts'
import { findFunction, type Aggregate, type EventFunction } from './event-function.ts'
import { readSort, type SortKey } from './event-rows.ts'
import { walkBuckets, type EventSource } from './event-source.ts'

/** What values over time are asked for. */
export interface SeriesQuery {
  axes: readonly (EventFunction & { text: string })[]
  buckets: Buckets
  /** The largest groups by `sort`; null for one series of everything. */
  top: { count: number; groupBy: readonly Exclude<Column, FunctionColumn>[]; sort: SortKey[]; hasOther: boolean } | null
  /** Milliseconds that the values compared with lie back. */
  comparison: number | null
}

/** The values of one group on one axis. */
export interface EventSeries {
  axis: EventFunction & { text: string }
  values: (number | string | null)[]
  compared: (number | string | null)[] | null
  /** Null for everything together. */
  group: { by: { key: string; value: FieldValue }[]; order: number; isOther: boolean } | null
}

const maximumTop = 10

/**
 * Reads the parameters of a time series; `groupParameter` is where its groups are named.
 *
 * @throws {ApiError} 400 for axes that are no functions, bad numbers, groups without an order, and too many points.
 */
export function readSeriesQuery(
  query: URLSearchParams,
  range: TimeRange,
  groupParameter: 'groupBy' | 'field',
): SeriesQuery {
  const texts = query.getAll('yAxis').filter((text) => text !== '')
  const axes = (texts.length === 0 ? ['count()'] : texts).map(readAxis)
  const top = readTop(query, groupParameter, axes)
  const buckets = createBuckets(range, readInterval(query, range))
  if (buckets.starts.length > maximumPoints) throw tooManyPoints()
  return { axes, buckets, top, comparison: readComparison(query) }
}

function readAxis(text: string): SeriesQuery['axes'][number] {
  const column = parseColumn(text)
  if (column.kind !== 'function') throw badRequest(`${text} is not a valid function`)
  return { text, ...findFunction(column) }
}

/** An interval that cannot be read, or that is longer than the range, is replaced by one that suits the range. */
function readInterval(query: URLSearchParams, { start, end }: TimeRange): number {
  const seconds = parsePeriod(query.getAll('interval').at(-1) ?? '') ?? 0
  if (seconds > 0 && seconds * 1000 <= Math.max(end - start, 1000)) return seconds * 1000
  return chooseInterval(end - start)
}

const minute = 60_000
const intervals: readonly (readonly [longest: number, interval: number])[] = [
  [60 * minute, minute],
  [24 * 60 * minute, 5 * minute],
  [7 * 24 * 60 * minute, 30 * minute],
  [30 * 24 * 60 * minute, 60 * minute],
]

const chooseInterval = (length: number) => intervals.find(([longest]) => length <= longest)?.[1] ?? 4 * 60 * minute

function readTop(query: URLSearchParams, parameter: string, axes: SeriesQuery['axes']): SeriesQuery['top'] {
  const text = query.getAll('topEvents').at(-1)
  if (text === undefined) return null
  if (!/^[+-]?\d+$/.test(text)) throw badRequest('topEvents must be an integer')
  if (Number(text) > maximumTop) throw badRequest(`Can only get up to ${maximumTop} top events`)
  if (Number(text) <= 0) throw badRequest('topEvents needs to be at least 1')
  const columns = query
    .getAll(parameter)
    .filter((name) => name !== '')
    .map(parseColumn)
  const groupBy = columns.filter((column): column is Exclude<Column, FunctionColumn> => column.kind !== 'function')
  if (groupBy.length === 0) throw badRequest('groupBy is a required parameter when doing topEvents')
  if (groupBy.some((column) => column.text === 'timestamp')) throw badRequest('Cannot group by timestamp')
  const sortable = [...columns, ...axes.map((axis) => parseColumn(axis.text)), ...readSortFunctions(query)]
  return {
    count: Number(text),
    groupBy,
    sort: readSort(query.getAll('sort'), sortable),
    hasOther: query.getAll('excludeOther').at(-1) !== '1',
  }
}

/** Groups may be ordered by functions that are not shown. */
const readSortFunctions = (query: URLSearchParams): Column[] =>
  query
    .getAll('sort')
    .map((text) => text.replace(/^-/, ''))
    .filter((text) => text.includes('('))
    .map(parseColumn)

function readComparison(query: URLSearchParams): number | null {
  const text = query.getAll('comparisonDelta').at(-1)
  if (text === undefined) return null
  if (!/^\d{1,9}$/.test(text)) throw badRequest('comparisonDelta must be an integer')
  return Number(text) * 1000
}

interface Group {
  by: { key: string; value: FieldValue }[]
  totals: Map<string, Aggregate>
  points: Aggregate[][]
}

/** The series of a query: axis by axis for everything together, or group by group with what is left in the end. */
export function createSeries(source: EventSource, query: SeriesQuery): EventSeries[] {
  if (query.top === null) {
    const compared = query.comparison === null ? null : tally(source, query, query.comparison)
    return present(query, tally(source, query, 0), null, compared)
  }
  const groups = groupEvents(source, query, query.top)
  const ranked = groups.toSorted(createOrder(query.top.sort))
  const chosen = ranked.slice(0, query.top.count)
  const rest = ranked.slice(query.top.count)
  const series = chosen.flatMap(({ by, points }, order) => present(query, points, { by, order, isOther: false }, null))
  if (rest.length === 0 || !query.top.hasOther) return series
  const known = new Set(chosen.map(({ by }) => nameGroup(by)))
  const others = tally(source, query, 0, (event) => !known.has(nameGroup(describe(query.top?.groupBy ?? [], event))))
  return [...series, ...present(query, others, { by: [], order: query.top.count, isOther: true }, null)]
}

function present(
  { axes }: SeriesQuery,
  points: Aggregate[][],
  group: EventSeries['group'],
  compared: Aggregate[][] | null,
): EventSeries[] {
  return axes.map((axis, index) => ({
    axis,
    values: readValues(points, index),
    compared: compared && readValues(compared, index),
    group,
  }))
}

const readValues = (all: Aggregate[][], index: number) => all.map((aggregates) => aggregates[index]?.value() ?? null)

const createPoints = ({ axes, buckets }: SeriesQuery): Aggregate[][] =>
  buckets.starts.map(() => axes.map((axis) => axis.create(buckets.interval / 1000)))

/** Adds up events by interval. `shift` moves those of an earlier range into the intervals of this one. */
function tally(
  source: EventSource,
  query: SeriesQuery,
  shift: number,
  fits: (event: WorldEvent) => boolean = () => true,
): Aggregate[][] {
  const points = createPoints(query)
  for (const { event, weight, bucket } of walkBuckets(source, doOnlyIssuesMatter(query), query.buckets, shift)) {
    if (fits(event)) addTo(points[bucket], event, weight)
  }
  return points
}

/** Whether all that is shown, grouped and ordered by is the same for all events of an issue. */
function doOnlyIssuesMatter({ axes, top }: SeriesQuery): boolean {
  const fields = top?.groupBy.map(fieldOf) ?? []
  return [...axes, ...fields, ...findSortFunctions(top)].every(({ isOfIssue }) => isOfIssue)
}

const findSortFunctions = (top: SeriesQuery['top']) =>
  (top?.sort ?? []).flatMap(({ column }) => {
    const parsed = parseColumn(column)
    return parsed.kind === 'function' ? [{ text: column, ...findFunction(parsed) }] : []
  })

function addTo(aggregates: readonly Aggregate[] | undefined, event: WorldEvent, weight: number): void {
  for (const aggregate of aggregates ?? []) aggregate.add(event, weight)
}

function groupEvents(source: EventSource, query: SeriesQuery, top: NonNullable<SeriesQuery['top']>): Group[] {
  const groups = new Map<string, Group>()
  const seconds = (source.range.end - source.range.start) / 1000
  const functions = findSortFunctions(top)
  for (const { event, weight, bucket } of walkBuckets(source, doOnlyIssuesMatter(query), query.buckets)) {
    const by = describe(top.groupBy, event)
    const key = nameGroup(by)
    const group = groups.get(key) ?? {
      by,
      totals: new Map(functions.map((called) => [called.text, called.create(seconds)])),
      points: createPoints(query),
    }
    groups.set(key, group)
    addTo([...group.totals.values()], event, weight)
    addTo(group.points[bucket], event, weight)
  }
  return [...groups.values()]
}

const describe = (groupBy: readonly Exclude<Column, FunctionColumn>[], event: WorldEvent): Group['by'] =>
  groupBy.map((column) => ({ key: column.text, value: fieldOf(column).read(event) }))

const nameGroup = (by: Group['by']) => JSON.stringify(by.map(({ value }) => value))

const readKey = ({ by, totals }: Group, column: string) =>
  totals.get(column)?.value() ?? by.find(({ key }) => key === column)?.value ?? ''

function createOrder(sort: readonly SortKey[]): (left: Group, right: Group) => number {
  return (left, right) => {
    for (const { column, isDescending } of sort) {
      const [first, second] = [readKey(left, column), readKey(right, column)]
      const order = first === second ? 0 : (first as string) < (second as string) ? -1 : 1
      if (order !== 0) return isDescending ? -order : order
    }
    return nameGroup(left.by) < nameGroup(right.by) ? -1 : 1
  }
}
