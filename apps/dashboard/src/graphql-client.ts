import {
  cacheExchange,
  Client,
  type CombinedError,
  type Exchange,
  fetchExchange,
  makeOperation,
  mapExchange,
  type Operation,
} from '@urql/core'
import { retryExchange } from '@urql/exchange-retry'

export interface GraphqlClientOptions {
  /** Told whenever the gateway answers that a request had no valid session. */
  onUnauthenticated: () => void
  fetch: typeof globalThis.fetch
}

/** The one road to `/graphql`. What a missing session means is decided by whoever passes `onUnauthenticated`. */
export function createGraphqlClient({ onUnauthenticated, fetch }: GraphqlClientOptions): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch,
    // The header proves to the gateway that the request was meant: another site cannot add it.
    fetchOptions: { credentials: 'same-origin', headers: { 'graphql-require-preflight': '1' } },
    exchanges: [
      askAgainAfterFailure(),
      cacheExchange,
      mapExchange({ onError: (error) => void (isUnauthenticated(error) && onUnauthenticated()) }),
      retryExchange({
        maxNumberAttempts: 2,
        initialDelayMs: 400,
        retryIf: (error, operation) => operation.kind === 'query' && isConnectionFailure(error),
      }),
      fetchExchange,
    ],
  })
}

export function isUnauthenticated(error: CombinedError | undefined): boolean {
  return error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED') ?? false
}

/**
 * The cache keeps an answer that lacks a part as it keeps any other. Whoever comes back to one sees it, and it is asked
 * for again meanwhile, so that a failure lasts no longer than its cause.
 */
function askAgainAfterFailure(): Exchange {
  const incomplete = new Set<Operation['key']>()
  return mapExchange({
    onOperation: (operation) =>
      incomplete.has(operation.key) && operation.context.requestPolicy === 'cache-first'
        ? makeOperation(operation.kind, operation, { ...operation.context, requestPolicy: 'cache-and-network' })
        : operation,
    onResult: ({ operation, error }) => void (error ? incomplete.add(operation.key) : incomplete.delete(operation.key)),
  })
}

/** No answer at all: an answer with a bad status would only be repeated. */
function isConnectionFailure(error: CombinedError): boolean {
  return error.networkError !== undefined && error.response === undefined
}
