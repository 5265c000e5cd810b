import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'

/** Counts per interval, oldest first, in milliseconds since the epoch. */
export interface TimeSeriesSource {
  points: { at: number; value: number }[]
  interval: number
}

export const TimeSeriesRef = new ObjectRef<GraphTypes, TimeSeriesSource>('TimeSeries')
const TimePointRef = new ObjectRef<GraphTypes, TimeSeriesSource['points'][number]>('TimePoint')

const source = 'No Sentry call of its own.'

/** A series as Sentry's stats have it; null when it is too short to tell its interval. */
export function timeSeries(stats: readonly (readonly [seconds: number, count: number])[]): TimeSeriesSource | null {
  const points = stats.map(([seconds, value]) => ({ at: seconds * 1000, value }))
  const [first, second] = points
  return first && second ? { points, interval: second.at - first.at } : null
}

export function addTimeSeries(builder: GraphBuilder): void {
  builder.objectType(TimePointRef, {
    description: 'One interval of a series.',
    fields: (t) => ({
      at: t.field({
        type: 'DateTime',
        nullable: false,
        description: `When the interval begins. ${source}`,
        resolve: ({ at }) => new Date(at),
      }),
      value: t.exposeFloat('value', { description: `What was counted in it. ${source}` }),
    }),
  })
  builder.objectType(TimeSeriesRef, {
    description: 'Numbers over time, in intervals of one length, oldest first.',
    fields: (t) => ({
      start: t.field({
        type: 'DateTime',
        nullable: false,
        description: `When the first interval begins. ${source}`,
        resolve: ({ points }) => new Date(points.at(0)?.at ?? 0),
      }),
      end: t.field({
        type: 'DateTime',
        nullable: false,
        description: `When the last interval ends; it may still be running. ${source}`,
        resolve: ({ points, interval }) => new Date((points.at(-1)?.at ?? 0) + interval),
      }),
      intervalSeconds: t.int({
        nullable: false,
        description: `The length of an interval. ${source}`,
        resolve: ({ interval }) => Math.round(interval / 1000),
      }),
      total: t.float({
        description: `The sum of all intervals. ${source}`,
        resolve: ({ points }) => points.reduce((sum, { value }) => sum + value, 0),
      }),
      points: t.field({
        type: [TimePointRef],
        nullable: false,
        description: `The intervals. ${source}`,
        resolve: ({ points }) => points,
      }),
    }),
  })
}
