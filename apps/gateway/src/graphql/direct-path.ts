import type { GraphContext } from '@sentry-graph/schema'
import { GraphQLError, type ExecutionResult } from 'graphql'
import { processRegularResult, type FetchAPI, type YogaServerInstance } from 'graphql-yoga'
import type { AnswerMediaType } from './accepted-media-types.ts'
import type { RequestContext } from './endpoint.ts'
import { presentErrors } from './error-presentation.ts'
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

/**
 * Where plugins look whether the operation came by GET. The executor is given no signal to watch at every field: when the
 * caller has gone, the calls to Sentry end, and with them the execution.
 */
const postedRequest = { method: 'POST' }

/**
 * Yoga's own pipeline, plugins and all, without the WHATWG requests and responses around it: those cost more than most
 * operations do. What is observed from outside is the same.
 */
export function createDirectPath(yoga: YogaServerInstance<RequestContext, GraphContext>): DirectPath {
  return async (operation, { mediaType, signal }, context) => {
    const raw = await run(yoga, operation, context)
    signal.throwIfAborted()
    const result = presentErrors(raw, context)
    const { body, init } = processRegularResult(result, unwrapping, mediaType) as unknown as UnwrappedResponse
    return { body, ...init }
  }
}

async function run(
  yoga: YogaServerInstance<RequestContext, GraphContext>,
  params: PlainOperation,
  context: RequestContext,
): Promise<ExecutionResult> {
  const enveloped = yoga.getEnveloped({ ...context, request: postedRequest as Request, params })
  const { parse, validate, contextFactory, execute, schema } = enveloped
  try {
    const document = parse(params.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    return await execute({
      schema,
      document,
      contextValue: await contextFactory(),
      variableValues: params.variables,
      operationName: params.operationName,
    })
  } catch (error) {
    return { errors: toGraphqlErrors(error) }
  }
}

function toGraphqlErrors(error: unknown): GraphQLError[] {
  if (error instanceof AggregateError) return error.errors.flatMap(toGraphqlErrors)
  if (error instanceof GraphQLError) return [error]
  if (error instanceof Error) return [new GraphQLError(error.message, { originalError: error })]
  throw error
}
