/** Lets so many through at the same time; the others wait in the order of their coming. */
export interface Gate {
  /** How many may be inside at once. May change at any time; nobody inside is sent out. */
  limit: number
  readonly inside: number
  /**
   * Does the work once there is room, and makes room after it.
   * @throws GateFullError when too many wait already, and the signal's reason when it aborts before there is room.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
}

/** More wait at a gate than it lets wait. */
export class GateFullError extends Error {
  override readonly name = 'GateFullError'
}

export function createGate(options: { limit: number; longestQueue: number }): Gate {
  const waiting = new Set<() => void>()
  const gate = { limit: options.limit, inside: 0, run }
  return gate

  async function run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (gate.inside < gate.limit && waiting.size === 0) gate.inside += 1
    else await queueUp(signal)
    try {
      return await work()
    } finally {
      gate.inside -= 1
      admit()
    }
  }

  function queueUp(signal: AbortSignal): Promise<void> {
    if (waiting.size >= options.longestQueue) throw new GateFullError()
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(enter)
        reject(signal.reason as Error)
      }
      const enter = () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      if (signal.aborted) return giveUp()
      signal.addEventListener('abort', giveUp)
      waiting.add(enter)
      // The limit may have grown since somebody last left.
      admit()
    })
  }

  function admit(): void {
    for (const enter of waiting) {
      if (gate.inside >= gate.limit) return
      waiting.delete(enter)
      gate.inside += 1
      enter()
    }
  }
}
