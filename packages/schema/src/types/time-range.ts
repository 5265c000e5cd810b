import { InputObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { DateTimeRangeInput, TimeRangeInput } from '../time-range.ts'

export const TimeRangeRef = new InputObjectRef<GraphTypes, TimeRangeInput>('TimeRange')
const DateTimeRangeRef = new InputObjectRef<GraphTypes, DateTimeRangeInput>('DateTimeRange')

export function addTimeRange(builder: GraphBuilder): void {
  builder.inputType(DateTimeRangeRef, {
    description: 'From one instant to a later one.',
    fields: (t) => ({
      from: t.field({ type: 'DateTime', required: true, description: 'Its beginning, included.' }),
      to: t.field({ type: 'DateTime', required: true, description: 'Its end, excluded; later than `from`.' }),
    }),
  })
  builder.inputType(TimeRangeRef, {
    description: 'A span of time: the last so much of it, or between two instants.',
    isOneOf: true,
    fields: (t) => ({
      last: t.field({
        type: 'Duration',
        description: 'Up to now, such as `14d`; at most `90d`, which is how long Sentry keeps events.',
      }),
      between: t.field({ type: DateTimeRangeRef, description: 'Between two instants.' }),
    }),
  })
}
