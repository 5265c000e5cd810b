import { GatewayError } from './gateway-error.ts'

/** The platform's fetch, or one that stands in for it. */
export type Fetch = typeof fetch

export interface GatewayAnswer {
  status: number
  body: Readonly<Record<string, unknown>>
}

/**
 * Sends JSON to a gateway and reads the JSON object it answers, whatever its status. Follows no redirect: the request may
 * carry a session. Throws GatewayError `unreachable` or `unexpected`.
 */
export async function postJson(
  url: URL,
  body: unknown,
  { headers = {}, signal = null, fetch: send = fetch }: RequestOptions = {},
): Promise<GatewayAnswer> {
  const response = await reach(() =>
    send(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    }),
  )
  const { status } = response
  const answer = await reach(() => response.text())
  const parsed = parseObject(answer)
  if (parsed === null) {
    throw new GatewayError('unexpected', `${url.origin} does not answer like a Sentry Graph gateway.`, { status })
  }
  return { status, body: parsed }

  async function reach<T>(exchange: () => Promise<T>): Promise<T> {
    try {
      return await exchange()
    } catch (cause) {
      throw new GatewayError('unreachable', `${url.origin} cannot be reached.`, { cause })
    }
  }
}

export interface RequestOptions {
  headers?: Record<string, string>
  signal?: AbortSignal | null
  fetch?: Fetch
}

/** A text member of an answer. Throws GatewayError `unexpected` where there is none. */
export function readText({ status, body }: GatewayAnswer, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  throw new GatewayError('unexpected', `The gateway's answer lacks "${name}".`, { status })
}

/** A positive number of an answer. Throws GatewayError `unexpected` where there is none. */
export function readNumber({ status, body }: GatewayAnswer, name: string): number {
  const value = body[name]
  if (typeof value === 'number' && value > 0) return value
  throw new GatewayError('unexpected', `The gateway's answer lacks "${name}".`, { status })
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
