import { createSchema, type GraphContext } from '@sentry-graph/schema'
import { createYoga, useExecutionCancellation } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createCostControl, useCostControl } from './cost.ts'
import { createDirectPath, type DirectPath } from './direct-path.ts'
import { createDocumentCache } from './document-cache.ts'
import { documentLimits, useDocumentLimits, type DocumentLimits } from './document-limits.ts'
import { useErrorPresentation } from './error-presentation.ts'
import { useIntrospectionPolicy } from './introspection.ts'
import { useQueriesOnlyByGet } from './queries-by-get.ts'

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
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal
}

/** Answers requests of the GraphQL over HTTP specification, their errors presented. */
export interface Endpoint {
  /** Any request. Rejects when the signal aborts. */
  answer: (request: EndpointRequest, context: RequestContext) => Promise<Response>
  /** The same for the usual one, at a fraction of the price. */
  answerDirectly: DirectPath
}

/** The graph as an HTTP endpoint. Sessions, cookies and the proof of intent are its caller's business. */
export function createEndpoint(
  { graphql, signIn }: Pick<Config, 'graphql' | 'signIn'>,
  limits: DocumentLimits = documentLimits,
): Endpoint {
  const schema = createSchema({ issueWrites: asksToWriteIssues(signIn) })
  const costControl = createCostControl()
  const yoga = createYoga<RequestContext, GraphContext>({
    schema,
    context: ({ graph }) => graph,
    plugins: [
      useDocumentLimits(limits),
      useQueriesOnlyByGet(),
      useIntrospectionPolicy(graphql.introspection),
      useCostControl(costControl),
      useErrorPresentation(),
      useExecutionCancellation(),
    ],
    maskedErrors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    cors: false,
    logging: false,
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: createDocumentCache() },
  })

  return {
    answer: async ({ url, ...init }, context) => yoga.fetch(new URL(url, 'http://graphql.invalid'), init, context),
    answerDirectly: createDirectPath(yoga, { schema, costControl, introspection: graphql.introspection }),
  }
}

function asksToWriteIssues({ scopes }: Config['signIn']): boolean {
  return scopes.includes('event:write') || scopes.includes('event:admin')
}
