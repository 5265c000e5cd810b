import { environmentOf, eventSeed, openEvent, userNumberOf, type WorldEvent } from './event.ts'
import type { Issue } from './issue.ts'

/** Which events of an issue are meant: those from `start` to just before `end`, in some environments (null: in all). */
export interface EventRange {
  start: number
  end: number
  environments: ReadonlySet<string> | null
}

/** How many events an issue has in a range. */
export function countEvents(issue: Issue, { start, end, environments }: EventRange): number {
  const [first, last] = [issue.volume.countBefore(start), issue.volume.countBefore(end)]
  if (environments === null) return Math.max(0, last - first)
  let count = 0
  for (let ordinal = first; ordinal < last; ordinal += 1) {
    if (environments.has(environmentOf(issue, eventSeed(issue, ordinal)) ?? '')) count += 1
  }
  return count
}

/** How many different users ran into an issue in a range. */
export function countUsers(issue: Issue, { start, end, environments }: EventRange): number {
  const [first, last] = [issue.volume.countBefore(start), issue.volume.countBefore(end)]
  const seen = new Uint8Array(issue.audience)
  let count = 0
  for (let ordinal = first; ordinal < last && count < issue.audience; ordinal += 1) {
    const seed = eventSeed(issue, ordinal)
    const user = userNumberOf(issue, seed)
    if (user === null || seen[user] === 1) continue
    if (environments !== null && !environments.has(environmentOf(issue, seed) ?? '')) continue
    seen[user] = 1
    count += 1
  }
  return count
}

/** The events of an issue in a range, newest first, one at a time. */
export function* eventsBackwards(issue: Issue, { start, end, environments }: EventRange): Generator<WorldEvent> {
  const [first, last] = [issue.volume.countBefore(start), issue.volume.countBefore(end)]
  for (let ordinal = last - 1; ordinal >= first; ordinal -= 1) {
    if (environments !== null && !environments.has(environmentOf(issue, eventSeed(issue, ordinal)) ?? '')) continue
    yield openEvent(issue, ordinal)
  }
}

/** The events of an issue in a range, oldest first, one at a time. */
export function* eventsForwards(issue: Issue, { start, end, environments }: EventRange): Generator<WorldEvent> {
  const [first, last] = [issue.volume.countBefore(start), issue.volume.countBefore(end)]
  for (let ordinal = first; ordinal < last; ordinal += 1) {
    if (environments !== null && !environments.has(environmentOf(issue, eventSeed(issue, ordinal)) ?? '')) continue
    yield openEvent(issue, ordinal)
  }
}

/** The moment of the last event in a range; null when there is none. */
export function lastEventIn(issue: Issue, range: EventRange): number | null {
  if (range.environments !== null) return eventsBackwards(issue, range).next().value?.moment ?? null
  const last = issue.volume.lastBefore(range.end)
  return last === null || last < range.start ? null : last
}

/** Events of consecutive spans of time, as `[seconds, count]`: their sum is the count of the whole. */
export function countSeries(issue: Issue, range: EventRange, step: number): [seconds: number, count: number][] {
  const series: [number, number][] = []
  for (let start = range.start; start < range.end; start += step) {
    const end = Math.min(start + step, range.end)
    series.push([Math.floor(start / 1000), countEvents(issue, { ...range, start, end })])
  }
  return series
}
