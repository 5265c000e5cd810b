import type { WorldEvent } from '../../world/event.ts'
import { badRequest } from '../api-error.ts'
import { parseColumn, type Column, type FunctionColumn } from './column.ts'
import { fieldOf, type EventField, type FieldType, type FieldValue } from './event-field.ts'
import { findFunction, type Aggregate, type EventFunction } from './event-function.ts'
import { walkEvents, type EventSource } from './event-source.ts'

export type EventRow = Readonly<Record<string, FieldValue>>

/** A table of events: what its columns show, and in which order its rows come. */
export interface EventTable {
  columns: readonly Column[]
  sort: readonly SortKey[]
}

export interface SortKey {
  column: string
  isDescending: boolean
}

const maximumColumns = 20

/**
 * Reads `field` and `sort`.
 *
 * @throws {ApiError} 400 for no, too many or unknown columns, and for an order by a column that is not among them.
 */
export function readEventTable(query: URLSearchParams): EventTable {
  const texts = [...new Set(query.getAll('field').filter((text) => text !== ''))]
  if (texts.length === 0) throw badRequest('No columns selected')
  if (texts.length > maximumColumns) {
    throw badRequest(`You can view up to ${maximumColumns} fields at a time. Please delete some and try again.`)
  }
  const columns = completeColumns(texts).map(parseColumn)
  for (const column of columns) describeColumn(column)
  return { columns, sort: readSort(query.getAll('sort'), columns) }
}

/** Rows of single events carry their id and project, and an issue comes with its number, whether asked for or not. */
function completeColumns(texts: readonly string[]): string[] {
  const isAggregated = texts.some((text) => text.includes('('))
  const further = [...(texts.includes('issue') ? ['issue.id'] : []), ...(isAggregated ? [] : ['id', 'project.name'])]
  return [...new Set([...texts, ...further])]
}

/** @throws {ApiError} 400 for an order by something that is not a column. A function may be named without its brackets. */
export function readSort(texts: readonly string[], columns: readonly Column[]): SortKey[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const name = text.replace(/^-/, '')
      const column = columns.find((candidate) => candidate.text === name || aliasOf(candidate) === name)
      if (column === undefined) throw badRequest('Cannot sort by a field that is not selected.')
      return { column: column.text, isDescending: text.startsWith('-') }
    })
}

const aliasOf = (column: Column) =>
  column.kind === 'function' ? [column.name, ...column.arguments].join('_').replaceAll('.', '_') : column.text

/** Type and unit of a column. */
export function describeColumn(column: Column): { type: FieldType; unit: string | null } {
  if (column.kind !== 'function') return { type: fieldOf(column).type, unit: null }
  const { type, unit } = findFunction(column)
  return { type, unit }
}

const isFunction = (column: Column): column is FunctionColumn => column.kind === 'function'
const isPlain = (column: Column): column is Exclude<Column, FunctionColumn> => column.kind !== 'function'

/** The rows of a table, in order. A row is only worked out when it is shown. */
export interface EventRows {
  items: readonly (EventRow | WorldEvent)[]
  present(item: EventRow | WorldEvent): EventRow
}

/** One row for each event, or with functions one for each combination of the other columns. */
export function listRows(source: EventSource, { columns, sort }: EventTable): EventRows {
  const keys = columns.filter(isPlain).map((column) => ({ text: column.text, field: fieldOf(column) }))
  const functions = columns.filter(isFunction).map((column) => ({ text: column.text, ...findFunction(column) }))
  if (functions.length === 0) {
    return { items: listEvents(source, keys, sort), present: (event) => readRow(event as WorldEvent, keys) }
  }
  const rows = groupEvents(source, keys, functions).toSorted(createOrder(sort))
  return { items: rows, present: (row) => row as EventRow }
}

/** Newest first, unless something else is asked for. */
function listEvents(source: EventSource, keys: readonly Key[], sort: readonly SortKey[]): WorldEvent[] {
  const found = [...walkEvents(source, false)].map(({ event }) => ({ event, moment: event.moment }))
  found.sort((left, right) => right.moment - left.moment)
  const newestFirst = found.map(({ event }) => event)
  if (sort.length === 0) return newestFirst
  const sortKeys = keys.filter(({ text }) => sort.some(({ column }) => column === text))
  const order = createOrder(sort)
  return newestFirst
    .map((event) => ({ event, values: readRow(event, sortKeys) }))
    .toSorted((left, right) => order(left.values, right.values))
    .map(({ event }) => event)
}

const readRow = (event: WorldEvent, keys: readonly Key[]): EventRow =>
  Object.fromEntries(keys.map(({ text, field }) => [text, field.read(event)]))

interface Key {
  text: string
  field: EventField
}
type NamedFunction = EventFunction & { text: string }

function groupEvents(source: EventSource, keys: readonly Key[], functions: readonly NamedFunction[]): EventRow[] {
  const onlyIssuesMatter = [...keys.map(({ field }) => field), ...functions].every(({ isOfIssue }) => isOfIssue)
  const seconds = (source.range.end - source.range.start) / 1000
  const groups = new Map<string, { values: EventRow; aggregates: Aggregate[] }>()
  const open = (values: EventRow) => {
    const key = JSON.stringify(Object.values(values))
    const group = groups.get(key) ?? { values, aggregates: functions.map((called) => called.create(seconds)) }
    groups.set(key, group)
    return group
  }
  if (keys.length === 0 && source.dataset.hasErrors) open({})
  for (const { event, weight } of walkEvents(source, onlyIssuesMatter)) {
    const group = open(readRow(event, keys))
    for (const aggregate of group.aggregates) aggregate.add(event, weight)
  }
  return [...groups.values()].map(({ values, aggregates }) => ({
    ...values,
    ...Object.fromEntries(functions.map(({ text }, index) => [text, aggregates[index]?.value() ?? null])),
  }))
}

/** Rows without a value come last; equal ones stay as they are. */
function createOrder(sort: readonly SortKey[]): (left: EventRow, right: EventRow) => number {
  return (left, right) => {
    for (const { column, isDescending } of sort) {
      const order = compareValues(left[column] ?? null, right[column] ?? null, isDescending ? -1 : 1)
      if (order !== 0) return order
    }
    return 0
  }
}

function compareValues(left: FieldValue, right: FieldValue, direction: 1 | -1): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (typeof left === 'number' && typeof right === 'number') return direction * (left - right)
  const [first, second] = [String(left), String(right)]
  return direction * (first < second ? -1 : Number(first > second))
}
