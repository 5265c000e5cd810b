import { AsyncLocalStorage } from 'node:async_hooks'
import { presentError, schema, type GraphContext } from '@sentry-graph/schema'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { useCostReport } from './cost.ts'
import { useIntrospectionPolicy } from './introspection.ts'

/** What travels with a request through the endpoint. */
export interface RequestContext {
  graph: GraphContext
  log: Logger
}

/** An HTTP request as far as GraphQL over HTTP is concerned. No cookie gets this far. */
export interface EndpointRequest {
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string>
  body: string | null
  signal: AbortSignal
}

/** Answers one request of the GraphQL over HTTP specification, its errors presented. */
export type Endpoint = (request: EndpointRequest, context: RequestContext) => Promise<Response>

/** The graph as an HTTP endpoint. Sessions, cookies and the proof of intent are its caller's business. */
export function createEndpoint({ graphql }: Config): Endpoint {
  // Yoga masks errors without saying whose they are.
  const current = new AsyncLocalStorage<RequestContext>()
  const yoga = createYoga<RequestContext, GraphContext>({
    schema,
    context: ({ graph }) => graph,
    plugins: [useIntrospectionPolicy(graphql.introspection), useCostReport()],
    maskedErrors: { maskError: (error) => maskError(error, current.getStore()) },
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    cors: false,
    logging: false,
  })

  return ({ url, ...init }, context) =>
    current.run(context, async () => yoga.fetch(new URL(url, 'http://graphql.invalid'), init, context))
}

/** What a caller gets to see of an error; of what they do not get to see, the log tells. */
function maskError(error: unknown, context: RequestContext | undefined) {
  const correlationId = context?.graph.correlationId ?? 'none'
  const presented = presentError(error, correlationId)
  const { code } = presented.extensions
  const level = code === 'INTERNAL' ? 'error' : 'info'
  context?.log[level]({ event: 'graphql.error', correlationId, code, err: causeOf(error) }, 'field or request failed')
  return presented
}

/** The error that a resolver threw; none for a request that was refused as it came. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined
  return 'originalError' in error ? error.originalError : error
}
