import type { TimeRange } from '@sentry-graph/sentry-api'
import { GraphError } from './graph-error.ts'
import { rangeSeconds } from './time-range.ts'
import { durationSeconds } from './types/duration.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** The most points of one of Sentry's answers. */
const MOST_POINTS = 10_000

/** Of a range that lasts at most so many seconds: few enough intervals to draw, enough to see something. */
const suitable: readonly (readonly [longest: number, interval: string])[] = [
  [2 * HOUR, '5m'],
  [12 * HOUR, '30m'],
  [2 * DAY, '1h'],
  [14 * DAY, '6h'],
]

/**
 * The length of an interval of a series of events; one that suits the range when none is asked for.
 * @throws GraphError `BAD_USER_INPUT`, before any call, where Sentry would choose another one by itself or refuse.
 */
export function readInterval(interval: string | null | undefined, range: TimeRange): string {
  const chosen = interval ?? suit(range)
  const seconds = durationSeconds(chosen) ?? 0
  if (seconds > rangeSeconds(range)) throw new GraphError('BAD_USER_INPUT', 'The interval is longer than the range.')
  if (rangeSeconds(range) / seconds > MOST_POINTS) throw tooManyPoints()
  return chosen
}

/**
 * The same for statistics that Sentry keeps by the hour: usage and sessions.
 * @throws GraphError `BAD_USER_INPUT`, before any call, for less than an hour, more than a day, and what does not divide one.
 */
export function readHourlyInterval(interval: string | null | undefined, range: TimeRange): string {
  const chosen = interval ?? (rangeSeconds(range) <= 2 * DAY ? '1h' : suit(range))
  const seconds = durationSeconds(chosen) ?? 0
  if (seconds < HOUR || seconds % HOUR !== 0 || DAY % seconds !== 0) {
    throw new GraphError('BAD_USER_INPUT', 'The interval has to be whole hours that divide a day: 1h, 2h, … 12h, 24h.')
  }
  return chosen
}

/**
 * The interval to measure the sessions of up to hundred projects by where only totals are wanted. Sentry widens a range to
 * whole intervals, so a short one is measured by the hour; hundred projects in four days of hours are near the most points
 * of an answer.
 */
export function totalsInterval(range: TimeRange): string {
  return rangeSeconds(range) <= 4 * DAY ? '1h' : '1d'
}

function suit(range: TimeRange): string {
  const seconds = rangeSeconds(range)
  return suitable.find(([longest]) => seconds <= longest)?.[1] ?? '1d'
}

function tooManyPoints(): GraphError {
  return new GraphError('BAD_USER_INPUT', `Sentry answers at most ${MOST_POINTS} intervals: ask for longer ones.`)
}
