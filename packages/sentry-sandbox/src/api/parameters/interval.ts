import type { TimeRange } from './time-range.ts'

/** Consecutive stretches of equal length that cover a time range; `starts` in milliseconds since the epoch. */
export interface Buckets {
  starts: readonly number[]
  /** Milliseconds. */
  interval: number
}

/** How many buckets of an interval (milliseconds) a range touches. */
export function countBuckets({ start, end }: TimeRange, interval: number): number {
  return Math.max(0, Math.ceil(end / interval) - Math.floor(start / interval))
}

/** The buckets that a range touches. They begin at whole multiples of the interval since the epoch. */
export function createBuckets(range: TimeRange, interval: number): Buckets {
  const first = Math.floor(range.start / interval) * interval
  return {
    starts: Array.from({ length: countBuckets(range, interval) }, (_, index) => first + index * interval),
    interval,
  }
}

/** The range made larger so that it begins and ends at whole multiples of the interval (milliseconds). */
export function alignRange({ start, end }: TimeRange, interval: number): TimeRange {
  return { start: Math.floor(start / interval) * interval, end: Math.ceil(end / interval) * interval }
}
