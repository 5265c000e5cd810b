import { createGraphiQLFetcher, type Fetcher, type FetcherReturnType } from '@graphiql/toolkit'

/**
 * How GraphiQL asks the gateway, which answers each operation at once and whole. `onUnauthenticated` is told of every
 * answer that an operation had no valid session.
 */
export function createExplorerFetcher(onUnauthenticated: () => void, fetch: typeof globalThis.fetch): Fetcher {
  const ask = createGraphiQLFetcher({
    url: '/graphql',
    headers: { 'graphql-require-preflight': '1' },
    enableIncrementalDelivery: false,
    fetch,
  })
  return async (parameters, options) => {
    const answer = await ask(parameters, options)
    if (isUnauthenticated(answer)) onUnauthenticated()
    return answer
  }
}

function isUnauthenticated(answer: Awaited<FetcherReturnType>): boolean {
  if (!('errors' in answer)) return false
  return answer.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED') ?? false
}
