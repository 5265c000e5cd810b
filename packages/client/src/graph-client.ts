import { GatewayError } from './gateway-error.ts'
import { postJson, type Fetch } from './gateway-request.ts'

export interface GraphClientOptions {
  /** Where the gateway is, such as `https://graph.example.com`. */
  gateway: string
  /** The value of a client session, sent as a Bearer token. Left out in a browser, whose cookie signs the request. */
  session?: string
  fetch?: Fetch
}

/** What the graph answers: data, errors, or data with errors for the parts that failed. */
export interface GraphResult<Data> {
  data: Data | null
  errors: readonly GraphResultError[]
  extensions: Readonly<Record<string, unknown>>
}

export interface GraphResultError {
  message: string
  path?: readonly (string | number)[]
  /** Always with `code` and `correlationId`. */
  extensions?: Readonly<Record<string, unknown>>
}

/** A document as code generators write it: a text that knows the types of its data and variables. */
export interface TypedDocument<Data, Variables> {
  toString(): string
  __apiType?: (variables: Variables) => Data
}

export interface GraphClient {
  /**
   * Runs one operation. Errors of the graph are part of the result; only what keeps the gateway from answering throws
   * GatewayError.
   */
  request<Data = unknown, Variables extends object = Record<string, unknown>>(
    document: string | TypedDocument<Data, Variables>,
    variables?: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<GraphResult<Data>>
}

/** A client of one gateway. Throws TypeError for an address that is no URL. */
export function createGraphClient({ gateway, session, fetch }: GraphClientOptions): GraphClient {
  const url = new URL('/graphql', gateway)
  const headers = {
    // Proves to the gateway that a page of another site did not send this along with a cookie.
    'graphql-require-preflight': '1',
    ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
  }
  return {
    async request<Data>(
      document: string | TypedDocument<Data, never>,
      variables?: object,
      { signal = null }: { signal?: AbortSignal | null } = {},
    ) {
      const query = { query: document.toString(), variables: variables ?? {} }
      const { status, body } = await postJson(url, query, { headers, signal, ...(fetch && { fetch }) })
      const errors = Array.isArray(body['errors']) ? (body['errors'] as GraphResultError[]) : []
      if (!('data' in body) && errors.length === 0) {
        throw new GatewayError('unexpected', `${url.origin} does not answer like a Sentry Graph gateway.`, { status })
      }
      return {
        data: (body['data'] ?? null) as Data | null,
        errors,
        extensions: (body['extensions'] ?? {}) as Record<string, unknown>,
      }
    },
  }
}
