/** When a feed looks. Milliseconds throughout. */
export interface FeedTiming {
  now(): Date
  /** From one look to the next: not always the same, so that many feeds do not ask at once. */
  interval(): number
  /** The same after so many looks that failed in a row. */
  pauseAfter(failures: number): number
  /** Calls back later, unless the answer is called before. */
  after(milliseconds: number, callback: () => void): () => void
}

const INTERVAL = 10_000
const JITTER = 0.1
const LONGEST_PAUSE = 300_000

/** Looks about every ten seconds, and less and less often while looks fail: at least every five minutes. */
export const usualTiming: FeedTiming = {
  now: () => new Date(),
  interval: () => INTERVAL * (1 - JITTER + 2 * JITTER * Math.random()),
  pauseAfter: (failures) => Math.min(LONGEST_PAUSE, INTERVAL * 2 ** failures),
  after(milliseconds, callback) {
    const timeout = setTimeout(callback, milliseconds)
    // Nobody waits for a feed when the process is about to end.
    timeout.unref()
    return () => clearTimeout(timeout)
  },
}
