import type { SentryResponse } from './sentry-client.ts'

/** Answers that may be given again for a while, to whoever uses the same grant. */
export interface AnswerCache {
  get(key: string): SentryResponse | null
  /** `size` is the answer's in bytes, `lifetime` in milliseconds. What was not used for longest makes room. */
  set(key: string, response: SentryResponse, options: { size: number; lifetime: number }): void
  /** The bytes of all answers. */
  readonly size: number
  dropExpired(): void
  clear(): void
  /** Clears, and remembers nothing from then on: what is still under way keeps nothing alive. */
  close(): void
}

interface Entry {
  response: SentryResponse
  size: number
  expiresAt: number
}

const MOST_ENTRIES = 500
const MOST_BYTES = 4 * 1024 * 1024

/**
 * @param resized is told each change of `size`.
 * @param now milliseconds of a clock that never goes back.
 */
export function createAnswerCache(resized: (difference: number) => void, now: () => number): AnswerCache {
  // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
  const entries = new Map<string, Entry>()
  const cache = { size: 0, get, set, dropExpired, clear, close }
  let isClosed = false
  return cache

  function get(key: string): SentryResponse | null {
    const entry = entries.get(key)
    if (!entry) return null
    if (entry.expiresAt <= now()) {
      drop(key, entry)
      return null
    }
    entries.delete(key)
    entries.set(key, entry)
    return entry.response
  }

  function set(key: string, response: SentryResponse, { size, lifetime }: { size: number; lifetime: number }): void {
    const former = entries.get(key)
    if (former) drop(key, former)
    if (isClosed || size > MOST_BYTES) return
    entries.set(key, { response, size, expiresAt: now() + lifetime })
    resize(size)
    makeRoom()
  }

  function makeRoom(): void {
    for (const [key, entry] of entries) {
      if (entries.size <= MOST_ENTRIES && cache.size <= MOST_BYTES) return
      drop(key, entry)
    }
  }

  function dropExpired(): void {
    for (const [key, entry] of entries) if (entry.expiresAt <= now()) drop(key, entry)
  }

  function clear(): void {
    for (const [key, entry] of entries) drop(key, entry)
  }

  function close(): void {
    isClosed = true
    clear()
  }

  function drop(key: string, { size }: Entry): void {
    entries.delete(key)
    resize(-size)
  }

  function resize(difference: number): void {
    cache.size += difference
    resized(difference)
  }
}
