/** A bound on how often something may be tried per minute. */
export interface Attempts {
  /** Counts an attempt; false when there were too many. */
  admit(key: string): boolean
}

const minute = 60_000

/** `limit` attempts in every minute of the clock for each key. */
export function createAttempts(limit: number, clock: () => Date): Attempts {
  let window = 0
  const counts = new Map<string, number>()
  return {
    admit(key) {
      const now = Math.floor(clock().getTime() / minute)
      if (now !== window) counts.clear()
      window = now
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= limit
    },
  }
}
