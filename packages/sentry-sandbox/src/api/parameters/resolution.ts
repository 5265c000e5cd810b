import { badRequest } from '../api-error.ts'
import { alignRange, countBuckets } from './interval.ts'
import { parsePeriod } from './period.ts'
import { readTimeRange, type TimeRange } from './time-range.ts'

/** A time range in whole intervals. */
export interface Resolution {
  range: TimeRange
  /** Milliseconds; whole hours that divide a day. */
  interval: number
}

const [hour, day] = [3600, 86_400]

/** Points in time that one answer holds at most. */
export const maximumPoints = 10_000

/**
 * The range and `interval` (default one hour) of statistics that Sentry keeps by the hour. An interval that cannot be read is one hour.
 *
 * @throws {ApiError} 400 for an interval of parts of an hour, above a day, or that does not divide a day; for too many points; and for a
 * bad range.
 */
export function readResolution(query: URLSearchParams, now: Date): Resolution {
  const interval = readInterval(query) * 1000
  const range = readTimeRange(query, now)
  const aligned = alignRange({ start: Math.min(range.start, now.getTime()), end: range.end }, interval)
  if (countBuckets(aligned, interval) > maximumPoints) throw tooManyPoints()
  return { range: aligned, interval }
}

function readInterval(query: URLSearchParams): number {
  const seconds = parsePeriod(query.getAll('interval').at(-1) ?? '1h') ?? hour
  if (seconds < hour || seconds % hour !== 0) {
    throw badRequest('The interval has to be a multiple of the minimum interval of one hour.')
  }
  if (seconds > day) throw badRequest('The interval has to be less than one day.')
  if (day % seconds !== 0) throw badRequest('The interval should divide one day without a remainder.')
  return seconds
}

export const tooManyPoints = () =>
  badRequest(
    'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
  )
