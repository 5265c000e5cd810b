import type { EventSeries, TimeRange } from '@sentry-graph/sentry-api'
import { durationSeconds } from './types/duration.ts'

export interface TimePoint {
  /** When its interval begins, in milliseconds since the epoch. */
  at: number
  /** Null where nothing is known. */
  value: number | null
}

/** Numbers per interval, oldest first. */
export interface TimeSeriesSource {
  points: TimePoint[]
  /** Milliseconds. */
  interval: number
  /** Null for what cannot be added up. */
  total: number | null
  /** Whether an interval may still grow. */
  isIncomplete: boolean
}

type Series = EventSeries['series'][number]

/** A series of counts as an issue has it, up to now; null when it is too short to tell its interval. */
export function statsSeries(stats: readonly (readonly [seconds: number, count: number])[]): TimeSeriesSource | null {
  const points = stats.map(([seconds, value]) => ({ at: seconds * 1000, value }))
  const [first, second] = points
  if (!first || !second) return null
  return { points, interval: second.at - first.at, total: sum(points), isIncomplete: true }
}

/** A series of events; `interval` is what was asked for, and what holds where a single point tells none. */
export function eventSeries({ yAxis, points, interval }: Series, asked: string): TimeSeriesSource {
  const [first, second] = points
  return {
    points: points.map(({ at, value }) => ({ at, value })),
    interval: first && second ? second.at - first.at : (interval ?? intervalOf(asked)),
    total: isSummable(yAxis) ? sum(points) : null,
    isIncomplete: points.some((point) => point.isIncomplete),
  }
}

/** Zeros over the intervals of an answer that holds other series, or over its span; null where it tells neither. */
export function zeroSeries({ series, start, end }: EventSeries, asked: string): TimeSeriesSource | null {
  const [sibling] = series
  if (sibling) {
    const points = sibling.points.map((point) => ({ ...point, value: 0 }))
    return eventSeries({ ...sibling, points }, asked)
  }
  // Without projects older servers answer a span from zero to zero.
  if (start === null || end === null || end <= start) return null
  const interval = intervalOf(asked)
  const first = Math.floor(start / interval) * interval
  const points = Array.from({ length: Math.ceil((end - first) / interval) }, (_, index) => ({
    at: first + index * interval,
    value: 0,
  }))
  return { points, interval, total: 0, isIncomplete: first + points.length * interval > end }
}

/** A series of one value per interval of a range. `isSummable` where adding them up makes sense. */
export function intervalSeries(
  intervals: readonly (Date | null)[],
  values: readonly (number | null)[],
  { interval, range, isSummable: summable }: { interval: string; range: TimeRange; isSummable: boolean },
  now = Date.now(),
): TimeSeriesSource {
  const points = intervals.flatMap((at, index) =>
    at === null ? [] : [{ at: at.getTime(), value: values[index] ?? null }],
  )
  return {
    points,
    interval: intervalOf(interval),
    total: summable ? sum(points) : null,
    isIncomplete: 'statsPeriod' in range || range.end.getTime() > now,
  }
}

function intervalOf(duration: string): number {
  return (durationSeconds(duration) ?? 0) * 1000
}

const isSummable = (yAxis: string) => /^(?:count|sum)\(/.test(yAxis)

/** Null where nothing is known at all. */
function sum(points: readonly TimePoint[]): number | null {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]))
  return known.length === 0 && points.length > 0 ? null : known.reduce((total, value) => total + value, 0)
}
