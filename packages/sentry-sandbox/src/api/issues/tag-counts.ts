import type { Issue } from '../../world/issue.ts'
import { eventsForwards, type EventRange } from '../../world/issue-events.ts'
import { tagsFor } from '../../world/event-tags.ts'

/** One value of a tag and the events of an issue that have it. */
export interface TagValueCount {
  value: string
  count: number
  firstSeen: number
  lastSeen: number
}

export interface TagCount {
  key: string
  /** Events that have the tag. */
  total: number
  /** Most frequent first. */
  values: readonly TagValueCount[]
}

/** Counts the tags of an issue's events in a range: of all keys, or of one. */
export function countTags(issue: Issue, range: EventRange, only?: string): TagCount[] {
  const readers = Object.entries(tagsFor(issue)).filter(([key]) => only === undefined || key === only)
  const counts = new Map(readers.map(([key]) => [key, new Map<string, TagValueCount>()]))
  for (const event of eventsForwards(issue, range)) {
    for (const [key, read] of readers) {
      const value = read(event)
      if (value === null) continue
      const values = counts.get(key)
      const known = values?.get(value)
      if (known === undefined) values?.set(value, { value, count: 1, firstSeen: event.moment, lastSeen: event.moment })
      else {
        known.count += 1
        known.lastSeen = event.moment
      }
    }
  }
  return [...counts]
    .map(([key, values]) => sumValues(key, [...values.values()]))
    .filter(({ total }) => total > 0)
    .toSorted((left, right) => (left.key < right.key ? -1 : 1))
}

function sumValues(key: string, values: TagValueCount[]): TagCount {
  const total = values.reduce((sum, { count }) => sum + count, 0)
  return {
    key,
    total,
    values: values.toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)),
  }
}
