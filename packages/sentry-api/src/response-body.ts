import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip } from 'node:zlib'

/** What `readBody` understands, for `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, br'

export type BodyFault = 'too_large' | 'undecodable'

export type Body = { text: string; fault: null } | { text: null; fault: BodyFault }

interface BodyOptions {
  /** The `Content-Encoding`. */
  encoding: string | null
  /** The most bytes of the decoded body; counted while decoding, so that a compressed bomb is cut short. */
  maxBytes: number
  signal: AbortSignal
}

/** Reads a body as UTF-8. Rejects when the connection fails or the signal aborts. */
export async function readBody(body: Readable, { encoding, maxBytes, signal }: BodyOptions): Promise<Body> {
  const decoder = createDecoder(encoding)
  if (decoder === undefined) return drop(body, 'undecodable')
  const chunks: Buffer[] = []
  const collect = (source: AsyncIterable<Buffer>) => collectUpTo(maxBytes, source, chunks)
  try {
    await (decoder ? pipeline(body, decoder, collect, { signal }) : pipeline(body, collect, { signal }))
  } catch (error) {
    if (error instanceof BodyTooLargeError) return { text: null, fault: 'too_large' }
    if (isDecodingError(error)) return { text: null, fault: 'undecodable' }
    throw error
  }
  return { text: Buffer.concat(chunks).toString('utf8'), fault: null }
}

class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

async function collectUpTo(maxBytes: number, source: AsyncIterable<Buffer>, chunks: Buffer[]): Promise<void> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > maxBytes) throw new BodyTooLargeError()
    chunks.push(chunk)
  }
}

/** Null for a body as it is, undefined for an encoding that nobody asked for. */
function createDecoder(encoding: string | null) {
  if (encoding === null || encoding === '' || encoding === 'identity') return null
  if (encoding === 'gzip') return createGunzip()
  if (encoding === 'br') return createBrotliDecompress()
  return undefined
}

function drop(body: Readable, fault: BodyFault): Body {
  // Destroying a body that is still arriving is reported as an error on it, which nobody waits for any more.
  body.on('error', () => undefined).destroy()
  return { text: null, fault }
}

function isDecodingError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING|ERR_ZLIB)/.test(code)
}
