/** Whether it is worth asking: opens when nothing answers any more, and lets a probe through from time to time. */
export interface Circuit {
  /** Whether calls are refused at the moment. */
  isOpen(): boolean
  /** Tells that a call is made. After an outage it is the probe, and no other is let through for a while. */
  start(): void
  succeed(): void
  /** `startedAt` is when the failed call was made. Whether this failure has opened the circuit. */
  fail(startedAt: number): boolean
}

/** Milliseconds without any success: shorter outages are what repeated attempts are for. */
const SHORTEST_OUTAGE = 3000
/** Milliseconds from one probe to the next. */
const PAUSE = 5000

/**
 * @param mostFailures opens the circuit: so many in a row.
 * @param now milliseconds of a clock that never goes back.
 */
export function createCircuit(mostFailures: number, now: () => number): Circuit {
  let failures = 0
  let downSince = Infinity
  let lastSuccess = -Infinity
  let nextProbe: number | null = null

  return {
    isOpen: () => nextProbe !== null && now() < nextProbe,
    start() {
      if (nextProbe !== null) nextProbe = now() + PAUSE
    },
    succeed() {
      failures = 0
      downSince = Infinity
      lastSuccess = now()
      nextProbe = null
    },
    fail(startedAt) {
      failures += 1
      // What hung while others were answered speaks for itself alone.
      downSince = Math.min(downSince, Math.max(startedAt, lastSuccess))
      if (nextProbe !== null || failures < mostFailures || now() - downSince < SHORTEST_OUTAGE) return false
      nextProbe = now() + PAUSE
      return true
    },
  }
}
