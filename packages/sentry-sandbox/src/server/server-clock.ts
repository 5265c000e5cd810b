/** What time it is for tokens, codes and limits: the clock it is made from, moved by as much as a test wants. */
export interface ServerClock {
  now: () => Date
  /** Moves on by milliseconds; a negative number moves back. */
  advance(milliseconds: number): void
  reset(): void
}

export function createServerClock(clock: () => Date): ServerClock {
  let offset = 0
  return {
    now: () => (offset === 0 ? clock() : new Date(clock().getTime() + offset)),
    advance(milliseconds) {
      offset += milliseconds
    },
    reset() {
      offset = 0
    },
  }
}
