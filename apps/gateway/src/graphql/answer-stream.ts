import { Readable } from 'node:stream'

/** An answer in parts, of which some are still to come. */
export type StreamedResponse = Response & { body: ReadableStream<Uint8Array> }

/** Whether an answer goes out in parts: events of a subscription, or an answer with deferred fields. */
export function isStreamed(response: Response): response is StreamedResponse {
  const isInParts = /^(?:text\/event-stream|multipart\/mixed)\b/.test(response.headers.get('content-type') ?? '')
  return isInParts && response.body !== null
}

/**
 * A body for Node's server. Unlike Node's own conversions, which wait for the next part first, it lets go of its source as
 * soon as it is destroyed.
 */
export function readableOf(body: ReadableStream<Uint8Array>): Readable {
  const reader = body.getReader()
  const stream = new Readable({
    read() {
      const pass = ({ done, value }: { done: boolean; value?: Uint8Array | undefined }) =>
        this.push(done ? null : value)
      reader.read().then(pass, (error: Error) => this.destroy(error))
    },
  })
  // Whatever fails from then on, nobody is there to hear of it.
  stream.once('close', () => reader.cancel().catch(() => undefined))
  return stream
}
