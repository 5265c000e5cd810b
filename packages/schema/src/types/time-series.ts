import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { TimeSeriesSource } from '../time-series.ts'

export const TimeSeriesRef = new ObjectRef<GraphTypes, TimeSeriesSource>('TimeSeries')
const TimePointRef = new ObjectRef<GraphTypes, TimeSeriesSource['points'][number]>('TimePoint')

const source = 'No Sentry call of its own.'

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
      value: t.exposeFloat('value', {
        description: `What was measured in it; null where Sentry knows nothing, which is not zero. ${source}`,
      }),
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
      total: t.exposeFloat('total', {
        description: `The sum of all intervals; null for what cannot be added up, such as rates, and where nothing is known. ${source}`,
      }),
      points: t.field({
        type: [TimePointRef],
        nullable: false,
        description: `The intervals. ${source}`,
        resolve: ({ points }) => points,
      }),
      isIncomplete: t.exposeBoolean('isIncomplete', {
        nullable: false,
        description: `Whether an interval may still grow, as the last one of a series up to now does. ${source}`,
      }),
    }),
  })
}
