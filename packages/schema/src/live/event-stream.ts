/** Events for one reader: whoever has them puts them in, and the reader takes them out when it likes. */
export interface EventStream<Event> extends AsyncGenerator<Event, undefined> {
  /** False when there is no room: the reader has fallen too far behind, or has gone. */
  put(event: Event): boolean
  /** No more events come. The reader gets those that are there, and the last one. */
  end(last?: Event): void
}

const MOST_WAITING = 100

type Result<Event> = IteratorResult<Event, undefined>

/** `onEnd` is called once: when the reader has gone, or there are no more events. */
export function createEventStream<Event>(onEnd: () => void): EventStream<Event> {
  const waiting: Event[] = []
  const pulls: ((result: Result<Event>) => void)[] = []
  let isOpen = true

  return {
    put(event) {
      if (!isOpen || waiting.length >= MOST_WAITING) return false
      waiting.push(event)
      deliver()
      return true
    },
    end(last) {
      if (isOpen && last !== undefined) waiting.push(last)
      close()
    },
    next: () =>
      new Promise((resolve) => {
        pulls.push(resolve)
        deliver()
      }),
    async return() {
      leave()
      return { done: true, value: undefined }
    },
    async throw(error) {
      leave()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      leave()
    },
  }

  function deliver(): void {
    const count = isOpen ? Math.min(pulls.length, waiting.length) : pulls.length
    for (const pull of pulls.splice(0, count)) {
      const [event] = waiting.splice(0, 1)
      pull(event === undefined ? { done: true, value: undefined } : { done: false, value: event })
    }
  }

  function leave(): void {
    waiting.length = 0
    close()
  }

  function close(): void {
    if (!isOpen) return
    isOpen = false
    deliver()
    onEnd()
  }
}

/** The same events, each as something else. Unlike with a generator, a reader who goes is noticed while it waits. */
export function mapEvents<From, To>(events: EventStream<From>, map: (event: From) => To): AsyncIterableIterator<To> {
  return {
    async next() {
      const { done, value } = await events.next()
      return done ? { done: true, value: undefined } : { done: false, value: map(value) }
    },
    async return() {
      await events.return(undefined)
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
