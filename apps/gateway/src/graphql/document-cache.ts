/** What a cache remembers at most; a document costs memory many times its text. */
const MOST_DOCUMENTS = 100
const LONGEST_DOCUMENT = 8000

/** Remembers something about the documents that were asked last, under their text. */
export interface DocumentCache<T> {
  get(text: string): T | undefined
  set(text: string, value: T): void
}

/** A cache that no caller can fill with more than a hundred short documents: what is long is not remembered. */
export function createDocumentCache<T>(): DocumentCache<T> {
  const remembered = new Map<string, T>()

  return {
    get(text) {
      const value = remembered.get(text)
      if (value === undefined) return undefined
      // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
      remembered.delete(text)
      remembered.set(text, value)
      return value
    },
    set(text, value) {
      if (text.length > LONGEST_DOCUMENT) return
      remembered.set(text, value)
      const [oldest] = remembered.keys()
      if (remembered.size > MOST_DOCUMENTS && oldest !== undefined) remembered.delete(oldest)
    },
  }
}
