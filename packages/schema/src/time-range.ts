import type { TimeRange } from '@sentry-graph/sentry-api'
import { GraphError } from './graph-error.ts'
import { durationSeconds } from './types/duration.ts'

export interface DateTimeRangeInput {
  from: Date
  to: Date
}

export interface TimeRangeInput {
  last?: string | null | undefined
  between?: DateTimeRangeInput | null | undefined
}

const NINETY_DAYS = 90 * 86_400

/**
 * The span of time that an argument names, as Sentry takes it. @throws GraphError `BAD_USER_INPUT`, before any call, for one
 * that ends before it begins or that lasts longer than Sentry keeps events.
 */
export function readTimeRange({ last, between }: TimeRangeInput): TimeRange {
  if (between) {
    if (between.from >= between.to) throw new GraphError('BAD_USER_INPUT', 'The range ends before it begins.')
    return { start: between.from, end: between.to }
  }
  const seconds = durationSeconds(last ?? '')
  if (seconds === null || seconds > NINETY_DAYS) {
    throw new GraphError('BAD_USER_INPUT', 'A range goes back at most 90 days.')
  }
  return { statsPeriod: last ?? '' }
}

/** As long as Sentry keeps events. @throws GraphError like `readTimeRange`. */
export function readTimeRangeOrAll(range: TimeRangeInput | null | undefined): TimeRange {
  return range ? readTimeRange(range) : { statsPeriod: '90d' }
}

/** A range in words: `14d`, or an ISO 8601 interval. */
export function describeTimeRange(range: TimeRange): string {
  if ('statsPeriod' in range) return range.statsPeriod
  return `${range.start.toISOString()}/${range.end.toISOString()}`
}

/** Seconds that a range lasts. */
export function rangeSeconds(range: TimeRange): number {
  if ('statsPeriod' in range) return durationSeconds(range.statsPeriod) ?? 0
  return (range.end.getTime() - range.start.getTime()) / 1000
}
