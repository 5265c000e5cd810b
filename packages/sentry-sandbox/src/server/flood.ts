import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'

const chunkSize = 1024 * 1024
const opening = '[{"padding":"'
const closing = '"}]'

/** Valid JSON of about that many bytes, made as it is read. */
export function streamHugeJson(bytes: number): Readable {
  return Readable.from(generateHugeJson(bytes), { objectMode: false })
}

function* generateHugeJson(bytes: number): Generator<Buffer> {
  yield Buffer.from(opening)
  const chunk = Buffer.alloc(chunkSize, 'a')
  for (let left = bytes; left > 0; left -= chunkSize) yield left < chunkSize ? chunk.subarray(0, left) : chunk
  yield Buffer.from(closing)
}

/** The same as gzip: one compressed member per piece (RFC 1952 section 2.2), a thousandth of the size on the wire. */
export function streamGzipBomb(bytes: number): Readable {
  return Readable.from(generateGzipBomb(bytes), { objectMode: false })
}

function* generateGzipBomb(bytes: number): Generator<Buffer> {
  yield gzipSync(opening)
  const member = gzipSync(Buffer.alloc(chunkSize, 'a'))
  for (let left = bytes; left > 0; left -= chunkSize) yield member
  yield gzipSync(closing)
}
