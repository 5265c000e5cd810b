/**
 * When an operation stops waiting: after its time, which runs from its first call on, or once nobody waits for it any
 * more. One timer, and that only while a call is waited for: what has ended is held by nothing.
 */
export interface Deadline {
  /** Milliseconds that are left; 0 after the end. */
  remaining(): number
  /** The outcome of the work, unless the end comes first: then `giveUp` makes the error. */
  wait<T>(work: Promise<T>, giveUp: () => Error): Promise<T>
}

export function createDeadline(timeout: number, abandoned: AbortSignal | undefined): Deadline {
  const waits = new Set<() => void>()
  let endsAt: number | null = null
  let timer: NodeJS.Timeout | undefined

  return { remaining, wait }

  function remaining(): number {
    endsAt ??= performance.now() + timeout
    return abandoned?.aborted ? 0 : Math.max(0, endsAt - performance.now())
  }

  async function wait<T>(work: Promise<T>, giveUp: () => Error): Promise<T> {
    const ended = Promise.withResolvers<never>()
    const leave = () => ended.reject(giveUp())
    join(leave)
    try {
      return await Promise.race([work, ended.promise])
    } finally {
      part(leave)
    }
  }

  function join(leave: () => void): void {
    if (waits.size === 0) watch()
    waits.add(leave)
  }

  function part(leave: () => void): void {
    if (waits.delete(leave) && waits.size === 0) unwatch()
  }

  function watch(): void {
    timer = setTimeout(end, remaining())
    abandoned?.addEventListener('abort', end)
  }

  function unwatch(): void {
    clearTimeout(timer)
    abandoned?.removeEventListener('abort', end)
  }

  function end(): void {
    unwatch()
    // A timer takes no fractions of milliseconds, and may come so much too early.
    endsAt = -Infinity
    for (const leave of waits) leave()
    waits.clear()
  }
}
