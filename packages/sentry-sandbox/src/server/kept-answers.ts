/** An answer as it goes over the wire. */
export interface KeptAnswer {
  status: number
  /** Null for an empty body. */
  text: string | null
  headers: Readonly<Record<string, string>>
}

/** Answers that need not be worked out again. */
export interface KeptAnswers {
  find(key: string): KeptAnswer | undefined
  keep(key: string, answer: KeptAnswer): void
  clear(): void
}

// So many characters of answers are kept at most: a sandbox that runs for weeks must not grow without end.
const capacity = 32 * 1024 * 1024

/**
 * Keeps answers as long as the world stands still: `worldTime` gives its time, which moves by whole minutes, and whoever changes
 * something else clears them.
 */
export function createKeptAnswers(worldTime: () => number): KeptAnswers {
  const answers = new Map<string, KeptAnswer>()
  let size = 0
  let time = 0

  const clear = () => {
    answers.clear()
    size = 0
  }
  const moveOn = () => {
    const now = worldTime()
    if (now !== time) clear()
    time = now
  }
  return {
    find(key) {
      moveOn()
      return answers.get(key)
    },
    keep(key, answer) {
      moveOn()
      const length = key.length + (answer.text?.length ?? 0)
      if (size + length > capacity) clear()
      if (length > capacity) return
      size += length
      answers.set(key, answer)
    },
    clear,
  }
}
