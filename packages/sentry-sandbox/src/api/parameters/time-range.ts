import { badRequest } from '../api-error.ts'
import { parsePeriod } from './period.ts'

/** From its start to just before its end, both in milliseconds since the epoch. */
export interface TimeRange {
  start: number
  end: number
}

/**
 * The time range that a request is about: `statsPeriod`, which wins, else `start` with `end`, else the default period until now.
 *
 * @throws {ApiError} 400 `Invalid date range: …` for a bad period or date, one date alone, or dates the wrong way round.
 */
export function readTimeRange(query: URLSearchParams, now: Date, defaultPeriod = '90d'): TimeRange {
  const statsPeriod = query.getAll('statsPeriod').at(-1)
  const [start, end] = [query.getAll('start').at(-1), query.getAll('end').at(-1)]
  if (statsPeriod !== undefined && statsPeriod !== '') return readPeriod(statsPeriod, now)
  if (!start && !end) return readPeriod(defaultPeriod, now)
  if (!start || !end) throw invalid('start and end are both required')
  const range = { start: readDate(start), end: readDate(end) }
  if (range.start > range.end) throw invalid('start must be before end')
  return range
}

function readPeriod(text: string, now: Date): TimeRange {
  const seconds = parsePeriod(text)
  const start = now.getTime() - (seconds ?? 0) * 1000
  if (seconds === null || start < 0) throw invalid(`Invalid statsPeriod: '${text}'`)
  return { start, end: now.getTime() }
}

const dateNotation = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|\+00:00)?$/

/** ISO 8601 in UTC, with or without its `Z`, or seconds since the epoch. */
function readDate(text: string): number {
  const moment = dateNotation.test(text) ? Date.parse(inUtc(text)) : /^\d{1,11}$/.test(text) ? Number(text) * 1000 : NaN
  if (Number.isNaN(moment)) throw invalid(`${text} is not a valid ISO8601 date query`)
  return moment
}

function inUtc(text: string): string {
  const [date, time = '00:00'] = text.replace(/(?:Z|\+00:00)$/, '').split(/[T ]/)
  return `${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}Z`
}

const invalid = (reason: string) => badRequest(`Invalid date range: ${reason}`)
