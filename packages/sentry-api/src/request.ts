import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, Pool } from 'undici'
import { CALLS_PER_ORIGIN } from './origin-guard.ts'
import { acceptedEncodings, type BodyFault, decodeBody } from './response-body.ts'
import { ConnectionError } from './sentry-api-error.ts'
import type { SentryWrite } from './sentry-client.ts'

export interface HttpRequest {
  method: 'GET' | SentryWrite['method']
  /** The path template, for errors. */
  endpoint: string
  origin: string
  /** Path and query. */
  path: string
  /** JSON; null for none. */
  body: string | null
  accessToken: string
  /** Its reason is the error of the request. */
  signal: AbortSignal
}

export interface HttpAnswer {
  status: number
  header: (name: string) => string | null
  /** Null when the body could not be read; `fault` says why. */
  text: string | null
  fault: BodyFault | null
}

/** Sends requests, each once, over keep-alive connections, apart per origin. Redirects are answers like any other: never followed. */
export interface Requester {
  /** @throws ConnectionError, and the signal's reason once it aborts. */
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

export function createRequester(options: { userAgent: string; maxResponseBytes: number }): Requester {
  const { userAgent, maxResponseBytes } = options
  const pools = new Map<string, Pool>()
  const fixedHeaders = ['accept', 'application/json', 'accept-encoding', acceptedEncodings, 'user-agent', userAgent]

  return {
    async send(request) {
      request.signal.throwIfAborted()
      const { status, header, bytes } = await exchange(request)
      if (bytes === null) return { status, header, text: null, fault: 'too_large' }
      const encoding = header('content-encoding')?.toLowerCase() ?? null
      return { status, header, ...(await decodeBody(bytes, { encoding, maxBytes: maxResponseBytes })) }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }

  function exchange({ method, endpoint, origin, path, body, accessToken, signal }: HttpRequest): Promise<RawAnswer> {
    const headers = ['authorization', `Bearer ${accessToken}`, ...fixedHeaders]
    if (body !== null) headers.push('content-type', 'application/json')
    return new Promise((resolve, reject) => {
      const fail = (failure: Failure) => reject(new ConnectionError(endpoint, failure))
      const collector = new AnswerCollector({ maxBytes: maxResponseBytes, signal, resolve, reject, fail })
      poolOf(origin).dispatch({ method, path, headers, body }, collector)
    })
  }

  function poolOf(origin: string): Pool {
    const known = pools.get(origin)
    if (known) return known
    // Whoever sends a request ends it in time, its body included.
    const pool = new Pool(origin, { connections: CALLS_PER_ORIGIN, headersTimeout: 0, bodyTimeout: 0 })
    pools.set(origin, pool)
    return pool
  }
}

/** An answer whose body is as it came; null when it is larger than allowed. */
interface RawAnswer extends Pick<HttpAnswer, 'status' | 'header'> {
  bytes: Buffer | null
}

interface Failure {
  cause: unknown
  /** No connection came about that the request could have been written to. */
  isUnsent: boolean
}

interface CollectorOptions {
  maxBytes: number
  signal: AbortSignal
  resolve: (answer: RawAnswer) => void
  reject: (reason: unknown) => void
  fail: (failure: Failure) => void
}

/** Gathers one answer. An end before the last byte, by the signal or the size, takes the connection with it. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly #options: CollectorOptions
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | null = null
  #size = 0
  #status = 0
  #headers: Record<string, string | string[] | undefined> = {}
  readonly #abort = () => {
    const { signal, reject } = this.#options
    reject(signal.reason)
    this.#controller?.abort(signal.reason as Error)
  }

  constructor(options: CollectorOptions) {
    this.#options = options
    options.signal.addEventListener('abort', this.#abort)
    if (options.signal.aborted) this.#abort()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#options.signal.aborted) this.#abort()
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size <= this.#options.maxBytes) {
      this.#chunks.push(chunk)
      return
    }
    this.#settle(null)
    controller.abort(new Error('The answer is larger than allowed.'))
  }

  onResponseEnd(): void {
    this.#settle(this.#chunks.length === 1 ? (this.#chunks[0] ?? null) : Buffer.concat(this.#chunks))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#stopListening()
    this.#options.fail({ cause: error, isUnsent: this.#controller === null })
  }

  #settle(bytes: Buffer | null): void {
    this.#stopListening()
    const headers = this.#headers
    this.#options.resolve({ status: this.#status, header: (name) => firstValue(headers[name]), bytes })
  }

  #stopListening(): void {
    this.#options.signal.removeEventListener('abort', this.#abort)
  }
}

function firstValue(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}
