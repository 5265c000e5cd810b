import type { RateLimit } from '../api/endpoint.ts'

export interface Admission {
  refused: 'window' | 'concurrency' | null
  remaining: number
  /** End of the window in seconds since the epoch. */
  reset: number
  concurrentRemaining: number
  /** Gives the concurrency slot back. Safe to call more than once. */
  release(): void
}

/** A fixed window and a concurrency bound per key. */
export interface RateLimiter {
  admit(key: string, rateLimit: RateLimit): Admission
}

interface Usage {
  windowStart: number
  count: number
  concurrent: number
}

export function createRateLimiter(clock: () => Date): RateLimiter {
  const usages = new Map<string, Usage>()

  const openUsage = (key: string, windowStart: number): Usage => {
    const usage = usages.get(key) ?? { windowStart, count: 0, concurrent: 0 }
    if (usage.windowStart !== windowStart) Object.assign(usage, { windowStart, count: 0 })
    usages.set(key, usage)
    return usage
  }

  const judge = (usage: Usage, rateLimit: RateLimit): Admission['refused'] => {
    if (usage.count > rateLimit.limit) return 'window'
    return usage.concurrent >= rateLimit.concurrency ? 'concurrency' : null
  }

  return {
    admit(key, rateLimit) {
      const now = Math.floor(clock().getTime() / 1000)
      const windowStart = now - (now % rateLimit.window)
      const usage = openUsage(key, windowStart)
      usage.count += 1
      const refused = judge(usage, rateLimit)
      let isHeld = refused === null
      if (isHeld) usage.concurrent += 1
      return {
        refused,
        remaining: refused === 'window' ? 0 : Math.max(0, rateLimit.limit - usage.count),
        reset: windowStart + rateLimit.window,
        concurrentRemaining: rateLimit.concurrency - usage.concurrent,
        release() {
          if (isHeld) usage.concurrent -= 1
          isHeld = false
        },
      }
    },
  }
}
