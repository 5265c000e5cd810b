import type { FeedTiming } from '../src/live/feed-timing.ts'

/** Time that goes on only when a test says so. */
export interface ManualTiming extends FeedTiming {
  /** How many looks are due some time. */
  readonly waiting: number
  /** Milliseconds until the next one; null when there is none. */
  readonly pause: number | null
  /** Moves on to the next look, and resolves when the one after that is due. */
  look(): Promise<void>
  /** Moves on to the next look. */
  startLook(): void
}

interface Due {
  at: number
  callback: () => void
}

export function createManualTiming(): ManualTiming {
  const due = new Set<Due>()
  let now = Date.parse('2026-11-24T10:00:00Z')
  let scheduled = Promise.withResolvers<void>()
  const next = () => [...due].toSorted((one, other) => one.at - other.at)[0]

  const startLook = () => {
    const soonest = next()
    if (!soonest) throw new Error('No look is due')
    due.delete(soonest)
    now = soonest.at
    soonest.callback()
  }

  return {
    now: () => new Date(now),
    interval: () => 10_000,
    pauseAfter: (failures) => 10_000 * 2 ** failures,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback }
      due.add(entry)
      scheduled.resolve()
      return () => due.delete(entry)
    },
    get waiting() {
      return due.size
    },
    get pause() {
      const soonest = next()
      return soonest ? soonest.at - now : null
    },
    startLook,
    async look() {
      scheduled = Promise.withResolvers()
      startLook()
      await scheduled.promise
    },
  }
}
