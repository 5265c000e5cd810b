import { openEvent, type WorldEvent } from '../../world/event.ts'
import { fraction } from '../../world/hash.ts'
import type { Issue } from '../../world/issue.ts'
import { eventsBackwards, eventsForwards, type EventRange } from '../../world/issue-events.ts'
import type { EventNeighbours } from './event-representation.ts'

/** The neighbours of an event among those of its issue. */
export function findNeighbours({ issue, ordinal }: WorldEvent, now: number): EventNeighbours {
  return {
    previous: ordinal === 0 ? null : openEvent(issue, ordinal - 1).id,
    next: ordinal + 1 < issue.volume.countBefore(now) ? openEvent(issue, ordinal + 1).id : null,
  }
}

const considered = 100

/** The event that a word stands for: `latest`, `oldest` or `recommended`, the one of the last hundred that tells most. */
export function findNamedEvent(
  issue: Issue,
  word: string,
  range: EventRange,
  test: (event: WorldEvent) => boolean,
): WorldEvent | null {
  if (word === 'oldest') {
    for (const event of eventsForwards(issue, range)) if (test(event)) return event
    return null
  }
  let best: WorldEvent | null = null
  let seen = 0
  for (const event of eventsBackwards(issue, range)) {
    if (!test(event)) continue
    if (word === 'latest') return event
    if (best === null || rate(event) > rate(best)) best = event
    seen += 1
    if (seen === considered) break
  }
  return best
}

/** How much an event tells: breadcrumbs, a user and a release are worth most. */
function rate({ seed, user, release }: WorldEvent): number {
  return (fraction(seed, 30) < 0.85 ? 4 : 0) + (user === null ? 0 : 2) + (release === null ? 0 : 1)
}
