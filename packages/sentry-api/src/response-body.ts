import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'

/** What `decodeBody` understands, for `Accept-Encoding`. */
export const acceptedEncodings = 'gzip, br'

export type BodyFault = 'too_large' | 'undecodable'

export type Body = { text: string; fault: null } | { text: null; fault: BodyFault }

interface BodyOptions {
  /** The `Content-Encoding`. */
  encoding: string | null
  /** The most bytes of the decoded body: a compressed bomb is cut short there. */
  maxBytes: number
}

const decoders = { gzip: promisify(gunzip), br: promisify(brotliDecompress) }

/** Reads a whole body as UTF-8. */
export async function decodeBody(bytes: Buffer, { encoding, maxBytes }: BodyOptions): Promise<Body> {
  if (encoding === null || encoding === '' || encoding === 'identity') return { text: bytes.toString(), fault: null }
  if (encoding !== 'gzip' && encoding !== 'br') return { text: null, fault: 'undecodable' }
  try {
    const decoded = await decoders[encoding](bytes, { maxOutputLength: maxBytes })
    return { text: decoded.toString(), fault: null }
  } catch (error) {
    return { text: null, fault: faultOf(error) }
  }
}

function faultOf(error: unknown): BodyFault {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    ? 'too_large'
    : 'undecodable'
}
