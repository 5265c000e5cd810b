import { errorEventTypes } from './error-event-types.ts'
import { openEvent, type WorldEvent } from './event.ts'
import type { Replay } from './replay.ts'

/** The errors that a replay shows: the first that its project had while it ran, up to as many as it counts. Archived ones show nothing. */
export function errorsOf({ history, startedAt, duration, countErrors, isArchived }: Replay, now: number): WorldEvent[] {
  if (countErrors === 0 || isArchived) return []
  const end = Math.min(now, startedAt + duration * 1000)
  const events: WorldEvent[] = []
  for (const issue of history.issuesAt(now)) {
    if (issue.audience === 0 || !errorEventTypes.has(issue.kind.eventType)) continue
    const { volume } = issue
    const last = volume.countBefore(end)
    for (let ordinal = volume.countBefore(startedAt); ordinal < last; ordinal += 1)
      events.push(openEvent(issue, ordinal))
  }
  return events.toSorted((left, right) => left.moment - right.moment).slice(0, countErrors)
}
