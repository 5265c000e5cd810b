import { z } from 'zod'
import { parseJson } from './response-error.ts'
import type { SentryResponse } from './sentry-client.ts'
import { readValue } from './shape.ts'

/**
 * An answer that holds JSON. Each shape reads it once, and everybody gets the same records. What was parsed is let go of as
 * soon as it has been read: of many small objects, the records are enough to keep.
 */
export class JsonAnswer implements SentryResponse {
  readonly header: SentryResponse['header']
  readonly #text: string
  readonly #readings = new Map<object, unknown>()
  #parsed: unknown

  /** @param parsed the value of the text. */
  constructor(text: string, parsed: unknown, header: SentryResponse['header']) {
    this.#text = text
    this.#parsed = parsed
    this.header = header
  }

  get body(): unknown {
    return this.#parsed ?? parseJson(this.#text)
  }

  read<T>(shape: z.ZodType<T>, endpoint: string): T {
    return this.once(shape, () => {
      const reading = readValue(shape, this.body, endpoint)
      this.#parsed = undefined
      return reading
    })
  }

  /** What is made of the answer under this key, the same each time. */
  once<T>(key: object, make: () => T): T {
    // What is kept under a key was made for it.
    if (this.#readings.has(key)) return this.#readings.get(key) as T
    const made = make()
    this.#readings.set(key, made)
    return made
  }
}

/**
 * Reads an answer by its shape. The result may be given to others too, and is not to be changed.
 * @throws SentryApiError `invalid_response`, naming the fields and never their values.
 */
export function readShape<T>(shape: z.ZodType<T>, response: Pick<SentryResponse, 'body'>, endpoint: string): T {
  return response instanceof JsonAnswer ? response.read(shape, endpoint) : readValue(shape, response.body, endpoint)
}

const listShapes = new WeakMap<z.ZodType, z.ZodType>()

/** Reads a list by the shape of its items, as `readShape` does. */
export function readList<T>(itemShape: z.ZodType<T>, response: Pick<SentryResponse, 'body'>, endpoint: string): T[] {
  const known = listShapes.get(itemShape) as z.ZodType<T[]> | undefined
  const shape = known ?? z.array(itemShape)
  if (!known) listShapes.set(itemShape, shape)
  return readShape(shape, response, endpoint)
}
