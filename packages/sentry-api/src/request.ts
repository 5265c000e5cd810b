import { Agent, request } from 'undici'
import { acceptedEncodings, type BodyFault, readBody } from './response-body.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type { SentryWrite } from './sentry-client.ts'

const CONNECTIONS_PER_ORIGIN = 32

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
  /** @throws SentryApiError `timeout` once the signal aborts, `unavailable` when the connection fails. */
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

export function createRequester(options: { userAgent: string; maxResponseBytes: number }): Requester {
  const agents = new Map<string, Agent>()
  return {
    async send(httpRequest) {
      try {
        return await exchange(httpRequest, agentFor(agents, httpRequest.origin), options)
      } catch (error) {
        throw connectionError(httpRequest, error)
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.close()))
    },
  }
}

async function exchange(
  { method, origin, path, body: content, accessToken, signal }: HttpRequest,
  dispatcher: Agent,
  options: { userAgent: string; maxResponseBytes: number },
): Promise<HttpAnswer> {
  const { statusCode, headers, body } = await request(`${origin}${path}`, {
    dispatcher,
    method,
    body: content,
    signal,
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      'accept-encoding': acceptedEncodings,
      'user-agent': options.userAgent,
      ...(content === null ? {} : { 'content-type': 'application/json' }),
    },
  })
  const header = (name: string) => firstValue(headers[name])
  const encoding = header('content-encoding')?.toLowerCase() ?? null
  const { text, fault } = await readBody(body, { encoding, maxBytes: options.maxResponseBytes, signal })
  return { status: statusCode, header, text, fault }
}

function agentFor(agents: Map<string, Agent>, origin: string): Agent {
  const known = agents.get(origin)
  if (known) return known
  const agent = new Agent({ connections: CONNECTIONS_PER_ORIGIN })
  agents.set(origin, agent)
  return agent
}

function firstValue(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function connectionError({ endpoint, signal }: HttpRequest, cause: unknown): SentryApiError {
  if (signal.aborted) return new SentryApiError('timeout', 'Sentry did not answer in time.', { endpoint, cause })
  return new SentryApiError('unavailable', 'The connection to Sentry failed.', { endpoint, cause })
}
