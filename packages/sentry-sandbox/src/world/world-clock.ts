import { minute } from './moment.ts'

/**
 * What time it is in the world. It runs with the clock it is made from, by whole minutes, so that everything asked within one minute
 * gets the same answer; and it can be moved without touching the lifetime of access tokens.
 */
export interface WorldClock {
  now(): Date
  /** Moves on by milliseconds; a negative number moves back. */
  advance(milliseconds: number): void
  /** Moves to a moment, and runs on from there. */
  set(moment: Date): void
  /** Back to the clock it is made from. */
  reset(): void
}

export function createWorldClock(clock: () => Date): WorldClock {
  let offset = 0
  return {
    now: () => new Date(Math.floor((clock().getTime() + offset) / minute) * minute),
    advance(milliseconds) {
      offset += milliseconds
    },
    set(moment) {
      offset = moment.getTime() - clock().getTime()
    },
    reset() {
      offset = 0
    },
  }
}
