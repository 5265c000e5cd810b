import type { GraphContext } from '@sentry-graph/schema'
import { normalizedExecutor } from '@graphql-tools/executor'
import { type DocumentNode, type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql'
import { processRegularResult, type FetchAPI, type YogaServerInstance } from 'graphql-yoga'
import type { AnswerMediaType } from './accepted-media-types.ts'
import type { CostControl } from './cost.ts'
import { createDocumentCache } from './document-cache.ts'
import type { RequestContext } from './endpoint.ts'
import { presentErrors } from './error-presentation.ts'
import { isSchemaOpen, type IntrospectionPolicy } from './introspection.ts'
import type { PlainOperation } from './plain-operation.ts'

/** An HTTP answer whose body is known as a whole. */
export interface PlainAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Who wants the answer, and how. */
export interface AnswerWish {
  mediaType: AnswerMediaType
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal
}

/** Answers an operation that asks for one answer in one piece, its errors presented. Rejects when the signal aborts. */
export type DirectPath = (operation: PlainOperation, wish: AnswerWish, context: RequestContext) => Promise<PlainAnswer>

/** Takes the place of the WHATWG class: holds what Yoga would have put into a Response. */
class UnwrappedResponse {
  readonly body: string
  readonly init: { status: number; headers: Record<string, string> }

  constructor(body: string, init: { status: number; headers: Record<string, string> }) {
    this.body = body
    this.init = init
  }
}

const unwrapping = { Response: UnwrappedResponse } as unknown as FetchAPI

/** Where plugins look whether the operation came by GET. */
const postedRequest = { method: 'POST' }

export interface DirectPathParts {
  /** The one that Yoga serves. */
  schema: GraphQLSchema
  costControl: CostControl
  introspection: IntrospectionPolicy
}

/**
 * What Yoga does for the usual request, without the WHATWG requests and responses and the layers of plugins around it: those
 * cost more than most operations do. Yoga reads and validates a document, once; what is observed from outside is the same.
 */
export function createDirectPath(
  yoga: YogaServerInstance<RequestContext, GraphContext>,
  { schema, costControl, introspection }: DirectPathParts,
): DirectPath {
  const validDocuments = { open: createDocumentCache<DocumentNode>(), closed: createDocumentCache<DocumentNode>() }

  return async (operation, { mediaType, signal }, context) => {
    const raw = await run(operation, context)
    signal.throwIfAborted()
    const result = presentErrors(raw, context)
    const { body, init } = processRegularResult(result, unwrapping, mediaType) as unknown as UnwrappedResponse
    return { body, ...init }
  }

  async function run(params: PlainOperation, context: RequestContext): Promise<ExecutionResult> {
    try {
      const document = findValid(params, context)
      return 'errors' in document ? document : await execute(document, params, context)
    } catch (error) {
      return { errors: toGraphqlErrors(error) }
    }
  }

  /** The document of an operation, or why it is none that may be run. */
  function findValid(
    params: PlainOperation,
    context: RequestContext,
  ): DocumentNode | { errors: readonly GraphQLError[] } {
    const { query } = params
    const documents = isSchemaOpen(introspection, context) ? validDocuments.open : validDocuments.closed
    const known = documents.get(query)
    // Yoga says what is wrong with an operation that the document does not have.
    if (known && getOperationAST(known, params.operationName)) return known
    const { parse, validate } = yoga.getEnveloped({ ...context, request: postedRequest as Request, params })
    const document = parse(query) as DocumentNode
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    documents.set(query, document)
    return document
  }

  /** Without a signal to watch at every field: when the caller has gone, the calls to Sentry end, and with them this. */
  async function execute(
    document: DocumentNode,
    { operationName, variables }: PlainOperation,
    context: RequestContext,
  ): Promise<ExecutionResult> {
    const operation = { document, operationName, variableValues: variables ?? null }
    const assessment = costControl.assess(operation, context)
    if (assessment.instead) return assessment.instead
    const result = await normalizedExecutor({ ...operation, schema, contextValue: context.graph })
    // What may come in parts does not take this path.
    return costControl.account(result as ExecutionResult, assessment, context)
  }
}

function toGraphqlErrors(error: unknown): GraphQLError[] {
  if (error instanceof AggregateError) return error.errors.flatMap(toGraphqlErrors)
  if (error instanceof GraphQLError) return [error]
  if (error instanceof Error) return [new GraphQLError(error.message, { originalError: error })]
  throw error
}
