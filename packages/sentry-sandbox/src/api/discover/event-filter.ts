import type { WorldEvent } from '../../world/event.ts'
import { badRequest } from '../api-error.ts'
import { createTextTest, parseIssueQuery, type IssueFilter } from '../issues/issue-query.ts'
import { findField, type FieldValue } from './event-field.ts'

/** Which events a search is about. */
export interface EventFilter {
  /** Whether all events of an issue fit, or none. */
  isOfIssue: boolean
  fits(event: WorldEvent): boolean
}

/**
 * Reads a search over events.
 *
 * @throws {ApiError} 400 for what is not of the search syntax, and for a project that the request does not select.
 */
export function readEventFilter(text: string, selected: ReadonlySet<string>): EventFilter {
  const { filters, text: words } = parseIssueQuery(text)
  const wanted = words.toLowerCase()
  const parts = filters.map((filter) => readFilter(filter, selected))
  return {
    isOfIssue: parts.every(({ isOfIssue }) => isOfIssue),
    fits: (event) =>
      (wanted === '' || event.issue.title.toLowerCase().includes(wanted)) && parts.every((part) => part.fits(event)),
  }
}

function readFilter(filter: IssueFilter, selected: ReadonlySet<string>): EventFilter {
  const name = filter.key.replace(/^tags\[(.*)\]$/, '$1')
  if (name === 'project' || name === 'project.name') requireSelected(filter.values, selected)
  if (name === 'has') return negate(filter, readPresence(filter.values))
  const field = findField(name)
  const test = field.type === 'date' ? createDateTest(filter) : createValueTest(filter)
  return negate(filter, { isOfIssue: field.isOfIssue, fits: (event) => test(field.read(event)) })
}

const negate = ({ isNegated }: IssueFilter, filter: EventFilter): EventFilter =>
  isNegated ? { ...filter, fits: (event) => !filter.fits(event) } : filter

function requireSelected(values: readonly string[], selected: ReadonlySet<string>): void {
  const missing = values.filter((value) => !value.includes('*') && !selected.has(value))
  if (missing.length === 0) return
  throw badRequest(`Invalid query. Project(s) ${missing.join(', ')} do not exist or are not actively selected.`)
}

function readPresence(names: readonly string[]): EventFilter {
  const fields = names.map(findField)
  return {
    isOfIssue: fields.every(({ isOfIssue }) => isOfIssue),
    fits: (event) => fields.every((field) => !['', null].includes(field.read(event) as string | null)),
  }
}

function createValueTest({ values, operator }: IssueFilter): (value: FieldValue) => boolean {
  if (operator !== '=') {
    const limit = Number(values[0])
    return (value) => typeof value === 'number' && compare(value, operator, limit)
  }
  const test = createTextTest(values.map((value) => ({ true: '1', false: '0' })[value.toLowerCase()] ?? value))
  return (value) => (isList(value) ? value.some((item) => test(item)) : test(readText(value)))
}

const isList = (value: FieldValue): value is readonly string[] => Array.isArray(value)
const readText = (value: Exclude<FieldValue, readonly string[]>) =>
  typeof value === 'boolean' ? String(Number(value)) : String(value ?? '')

/** @throws {ApiError} 400 for what is no date. */
function createDateTest({ key, values: [text = ''], operator }: IssueFilter): (value: FieldValue) => boolean {
  const limit = Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`)
  if (Number.isNaN(limit)) throw badRequest(`Error parsing search query: Invalid date for '${key}:': ${text}`)
  return (value) => typeof value === 'string' && compare(Date.parse(value), operator, limit)
}

function compare(left: number, operator: IssueFilter['operator'], right: number): boolean {
  return { '=': left === right, '>': left > right, '>=': left >= right, '<': left < right, '<=': left <= right }[
    operator
  ]
}
