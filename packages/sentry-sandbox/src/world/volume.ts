import { fraction, mix } from './hash.ts'
import { hour as hourLength } from './moment.ts'

/** What decides how many events an issue has in each hour. */
export interface VolumeSource {
  seed: number
  /** How busy its project is in an hour since the epoch. */
  activity: (hour: number) => number
  /** Hours since the epoch: the one of its first event, and the one after its last. */
  firstHour: number
  endHour: number
  /** Events in an hour of average rhythm. */
  rate: number
  /** Hours in which it is silent. */
  silence: { from: number; to: number } | null
  /** Hours in which it is louder than usual. */
  burst: { from: number; to: number; factor: number } | null
}

/** How many events an issue has in an hour: a pure function, and the one source of every count in the world. */
function eventsInHour(source: VolumeSource, hour: number): number {
  const { seed, activity, firstHour, endHour, silence, burst } = source
  if (hour < firstHour || hour >= endHour) return 0
  if (silence !== null && hour >= silence.from && hour < silence.to) return 0
  const draw = mix(seed, hour)
  const isBurst = burst !== null && hour >= burst.from && hour < burst.to
  const expected = source.rate * activity(hour) * (isBurst ? burst.factor : 1)
  // The two halves of one draw serve as two draws.
  const count = Math.floor(expected * (0.4 + (1.2 * (draw >>> 16)) / 65_536) + (draw & 65_535) / 65_536)
  return hour === firstHour || (isBurst && hour === burst.from) ? Math.max(1, count) : count
}

/**
 * The events of an issue over its whole life, those to come included. Events are numbered from 0 in order of time. They are only added
 * up for questions about numbers; whether there are any, and when the first and the last came, is known without.
 */
export interface Volume {
  readonly firstHour: number
  readonly endHour: number
  readonly total: number
  /** The moment of the first event in milliseconds. */
  readonly firstMoment: number
  /** Events of one hour. */
  countIn(hour: number): number
  /** Events before a moment (milliseconds). Differences of it are the counts of every range and series. */
  countBefore(moment: number): number
  /** The moment of an event in milliseconds. */
  momentOf(ordinal: number): number
  /** The moment of the last event before one; null when there is none. */
  lastBefore(moment: number): number | null
}

/** Makes an issue's events. */
export function createVolume(source: VolumeSource): Volume {
  const { seed, firstHour, endHour } = source
  const length = endHour - firstHour
  let sums: Uint32Array | null = null
  const addedUp = () => (sums ??= addUp(source))
  const upTo = (index: number) => addedUp()[index] ?? 0
  const countAt = (index: number) =>
    sums === null ? eventsInHour(source, firstHour + index) : upTo(index + 1) - upTo(index)
  const offsetOf = (index: number, position: number, count: number) => {
    const jitter = fraction(mix(seed, firstHour + index), 3 + position)
    return Math.floor(((position + jitter) / count) * hourLength)
  }
  const momentAt = (index: number, position: number, count: number) =>
    (firstHour + index) * hourLength + offsetOf(index, position, count)
  /** How many of an hour's events lie before a moment in it. */
  const countWithin = (index: number, moment: number, count: number) => {
    const rest = moment - (firstHour + index) * hourLength
    // Every event has a part of its hour to itself, so only one of them needs a look.
    const position = Math.floor((rest / hourLength) * count)
    return position + Number(position < count && offsetOf(index, position, count) < rest)
  }
  return {
    firstHour,
    endHour,
    get total() {
      return upTo(length)
    },
    firstMoment: momentAt(0, 0, eventsInHour(source, firstHour)),
    countIn(hour) {
      const index = hour - firstHour
      return index < 0 || index >= length ? 0 : upTo(index + 1) - upTo(index)
    },
    countBefore(moment) {
      const index = Math.floor(moment / hourLength) - firstHour
      if (index < 0) return 0
      if (index >= length) return upTo(length)
      return upTo(index) + countWithin(index, moment, upTo(index + 1) - upTo(index))
    },
    momentOf(ordinal) {
      const index = findHour(addedUp(), ordinal)
      return momentAt(index, ordinal - upTo(index), upTo(index + 1) - upTo(index))
    },
    lastBefore(moment) {
      const present = Math.floor(moment / hourLength) - firstHour
      for (let index = Math.min(present, length - 1); index >= 0; index -= 1) {
        const count = countAt(index)
        const passed = index === present ? countWithin(index, moment, count) : count
        if (passed > 0) return momentAt(index, passed - 1, count)
      }
      return null
    },
  }
}

/** For each hour, and the one after the last: how many events came before it. */
function addUp(source: VolumeSource): Uint32Array {
  const { firstHour, endHour } = source
  const before = new Uint32Array(endHour - firstHour + 1)
  for (let index = 0; index < endHour - firstHour; index += 1) {
    before[index + 1] = (before[index] ?? 0) + eventsInHour(source, firstHour + index)
  }
  return before
}

/** The index of the hour that the event of that number lies in. */
function findHour(before: Uint32Array, ordinal: number): number {
  let [low, high] = [0, before.length - 1]
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if ((before[middle] ?? 0) <= ordinal) low = middle
    else high = middle
  }
  return low
}
