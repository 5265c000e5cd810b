import type { WorldEvent } from '../../world/event.ts'
import { badRequest } from '../api-error.ts'
import type { FunctionColumn } from './column.ts'
import { findField, formatRowDate, type FieldType } from './event-field.ts'

/** Adds events up to one value. */
export interface Aggregate {
  /** `weight` events of one issue, of which this is the newest. */
  add(event: WorldEvent, weight: number): void
  value(): string | number | null
}

/** A function of a query. */
export interface EventFunction {
  type: FieldType
  unit: string | null
  /** Whether the newest event of each issue, with a weight, is all it needs to see. */
  isOfIssue: boolean
  /** @param seconds Length of the time that the events come from. */
  create(seconds: number): Aggregate
}

/**
 * The function that a column calls. Durations are known, and null: errors have none.
 *
 * @throws {ApiError} 400 for a function that does not exist, and for the wrong number of arguments.
 */
export function findFunction({ name, arguments: values }: FunctionColumn): EventFunction {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined
  if (maker === undefined) throw badRequest(`${name} is not a valid function`)
  const { least, most, make } = maker
  if (values.length < least || values.length > most) throw badRequest(`${name}: expected ${most} argument(s)`)
  return make(values)
}

interface Maker {
  least: number
  most: number
  make: (values: readonly string[]) => EventFunction
}

const count = (): EventFunction => ({
  type: 'integer',
  unit: null,
  isOfIssue: true,
  create: () => {
    let sum = 0
    return { add: (_event, weight) => (sum += weight), value: () => sum }
  },
})

const rate = (unit: '1/minute' | '1/second', length: number) => (): EventFunction => ({
  type: 'rate',
  unit,
  isOfIssue: true,
  create: (seconds) => {
    let sum = 0
    return { add: (_event, weight) => (sum += weight), value: () => sum / Math.max(1, seconds / length) }
  },
})

/** Values that are null count as none. */
function countUnique([name = '']: readonly string[]): EventFunction {
  const { isOfIssue, read } = findField(name)
  return {
    type: 'integer',
    unit: null,
    isOfIssue,
    create: () => {
      const seen = new Set<unknown>()
      return {
        add(event) {
          const value = read(event)
          if (value !== null) seen.add(typeof value === 'object' ? JSON.stringify(value) : value)
        },
        value: () => seen.size,
      }
    },
  }
}

const extreme = (isBetter: (left: number, right: number) => boolean, isOfIssue: boolean): EventFunction => ({
  type: 'date',
  unit: null,
  isOfIssue,
  create: () => {
    let best: number | null = null
    return {
      add: ({ moment }) => {
        if (best === null || isBetter(moment, best)) best = moment
      },
      value: () => (best === null ? null : formatRowDate(best)),
    }
  },
})

const latest = () => extreme((left, right) => left > right, true)
const earliest = () => extreme((left, right) => left < right, false)

const nothing = (): EventFunction => ({
  type: 'duration',
  unit: 'millisecond',
  isOfIssue: true,
  create: () => ({ add: () => undefined, value: () => null }),
})

function any([name = '']: readonly string[]): EventFunction {
  const { type, isOfIssue, read } = findField(name)
  return {
    type,
    unit: null,
    isOfIssue,
    create: () => {
      let found: unknown = null
      return {
        add: (event) => (found ??= read(event)),
        value: () => (typeof found === 'string' || typeof found === 'number' ? found : null),
      }
    },
  }
}

const ofMoments = (make: () => EventFunction): Maker => ({
  least: 1,
  most: 1,
  make: ([name]) => (name === 'timestamp' ? make() : nothing()),
})
const plain = (make: () => EventFunction): Maker => ({ least: 0, most: 0, make })
const duration: Maker = { least: 0, most: 1, make: nothing }

const makers: Readonly<Record<string, Maker>> = {
  count: { least: 0, most: 1, make: count },
  count_unique: { least: 1, most: 1, make: countUnique },
  last_seen: plain(latest),
  first_seen: plain(earliest),
  max: ofMoments(latest),
  min: ofMoments(earliest),
  any: { least: 1, most: 1, make: any },
  epm: plain(rate('1/minute', 60)),
  eps: plain(rate('1/second', 1)),
  avg: duration,
  sum: duration,
  p50: duration,
  p75: duration,
  p90: duration,
  p95: duration,
  p99: duration,
  p100: duration,
  percentile: { least: 2, most: 2, make: nothing },
}
