/** How many repeated attempts an origin is worth: without a bound they multiply the load of a Sentry in trouble. */
export interface RetryBudget {
  /** Counts a first attempt. */
  recordCall(): void
  /** Takes one repeated attempt; false when none is left. */
  take(): boolean
}

/** Repeated attempts that every first one earns. */
const PER_CALL = 0.1
/** … and every second, so that quiet times end with a few in hand. */
const PER_SECOND = 2
const MOST_SAVED = 100

/** @param now milliseconds of a clock that never goes back. */
export function createRetryBudget(now: () => number): RetryBudget {
  let saved = MOST_SAVED
  let savedAt = now()

  return {
    recordCall() {
      saved = Math.min(MOST_SAVED, saved + PER_CALL)
    },
    take() {
      saved = Math.min(MOST_SAVED, saved + ((now() - savedAt) / 1000) * PER_SECOND)
      savedAt = now()
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}
