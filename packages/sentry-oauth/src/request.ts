import type { CustomFetchOptions } from 'oauth4webapi'
import { TokenEndpointError } from './errors.ts'

/** The platform's fetch, or one that stands in for it. */
export type Fetch = typeof fetch

export interface RequestOptions {
  fetch: Fetch | undefined
  /** Milliseconds for the whole exchange, the last byte of the body included. */
  timeout: number
  /** The most bytes of a body that are read, counted after decompression. */
  maxResponseBytes: number
}

/** Sends one request to the token endpoint and resolves to an answer that is already complete. */
export type SendRequest = (url: string, request: CustomFetchOptions<'POST', URLSearchParams>) => Promise<Response>

/** Of undici, and of OpenSSL about a certificate. */
const unconnectedCodes = /^(UND_ERR_CONNECT_TIMEOUT$|ERR_TLS_CERT|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/

/**
 * The only upstream HTTP of this package. Follows no redirect, because the request carries the client secret and the
 * code. Throws TokenEndpointError: `timeout`, `unavailable`, or `invalid_response` for a success over the size cap.
 */
export function createSendRequest(options: RequestOptions): SendRequest {
  const { fetch: send = fetch, timeout, maxResponseBytes } = options
  return async (url, { body, headers, method }) => {
    const signal = AbortSignal.timeout(timeout)
    try {
      const response = await send(url, { body, headers, method, redirect: 'manual', signal })
      const content = await readBody(response, maxResponseBytes)
      return new Response(content, { status: response.status, headers: response.headers })
    } catch (error) {
      if (error instanceof TokenEndpointError) throw error
      const code = signal.aborted ? 'timeout' : 'unavailable'
      throw new TokenEndpointError(code, { cause: error, isUnsent: isConnectFailure(error) })
    }
  }
}

/** Whether no connection came about, for want of a name, of somebody who answers, or of trust in who does. */
function isConnectFailure(error: unknown): boolean {
  const { cause = {} } = error as { cause?: Failure & { errors?: Failure[] } }
  // A host with several addresses fails with one error for each.
  const { syscall, code = '' } = cause.errors?.[0] ?? cause
  return syscall === 'connect' || syscall === 'getaddrinfo' || unconnectedCodes.test(code)
}

interface Failure {
  code?: string
  syscall?: string
}

async function readBody(response: Response, maxResponseBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    // Leaving the loop cancels the stream, which closes the connection.
    if (length > maxResponseBytes) throw tooLong(response)
    chunks.push(chunk)
  }
  return length === 0 ? null : Buffer.concat(chunks)
}

function tooLong({ status }: Response): TokenEndpointError {
  return new TokenEndpointError(status === 200 ? 'invalid_response' : 'unavailable', { status })
}
