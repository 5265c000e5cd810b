import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit'
import { type ExecutionResult, getOperationAST } from 'graphql'
import { eventData } from './event-stream.ts'

const url = '/graphql'
const proof = { 'graphql-require-preflight': '1' }

/**
 * How GraphiQL asks the gateway: queries and mutations are answered at once and whole, subscriptions by server-sent
 * events until GraphiQL stops them. `onUnauthenticated` is told of every answer that an operation had no valid session.
 */
export function createExplorerFetcher(onUnauthenticated: () => void, fetch: typeof globalThis.fetch): Fetcher {
  const ask = createGraphiQLFetcher({ url, headers: proof, enableIncrementalDelivery: false, fetch })
  const look = (answer: object) => {
    if (isUnauthenticated(answer)) onUnauthenticated()
  }
  return async (parameters, options) => {
    const operation = options?.documentAST && getOperationAST(options.documentAST, parameters.operationName)
    if (operation?.operation === 'subscription') return subscribe(parameters, options?.headers, look, fetch)
    const answer = await ask(parameters, options)
    look(answer)
    return answer
  }
}

function isUnauthenticated(answer: ExecutionResult | object): boolean {
  if (!('errors' in answer)) return false
  return answer.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED') ?? false
}

/** The answers to a subscription; whoever stops taking them ends the request, also while it waits for the next. */
function subscribe(
  parameters: FetcherParams,
  headers: Record<string, string> | undefined,
  look: (answer: ExecutionResult) => void,
  fetch: typeof globalThis.fetch,
): AsyncIterable<ExecutionResult> {
  const abort = new AbortController()
  const answers = askForAnswers(parameters, headers, abort.signal, fetch)
  const iterator = {
    async next() {
      try {
        const step = await answers.next()
        if (!step.done) look(step.value)
        return step
      } catch (error) {
        if (!abort.signal.aborted) throw error
        return { done: true as const, value: undefined }
      }
    },
    return() {
      abort.abort()
      return Promise.resolve({ done: true as const, value: undefined })
    },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}

async function* askForAnswers(
  parameters: FetcherParams,
  headers: Record<string, string> | undefined,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch,
): AsyncGenerator<ExecutionResult, undefined> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...proof,
      ...headers,
      'content-type': 'application/json',
      accept: 'text/event-stream, application/json',
    },
    body: JSON.stringify(parameters),
    signal,
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  if (!isStream || response.body === null) {
    yield (await response.json()) as ExecutionResult
    return
  }
  for await (const data of eventData(response.body)) yield JSON.parse(data) as ExecutionResult
}
