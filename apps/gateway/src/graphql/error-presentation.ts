import { presentError } from '@sentry-graph/schema'
import type { ExecutionResult, GraphQLError } from 'graphql'
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga'
import type { RequestContext } from './endpoint.ts'

/**
 * Shows callers every error as the schema presents it, and tells the log what they do not get to see. It works on the
 * finished result, of a stream on each of its parts: Yoga's own masking passes by what validation and the reading of the
 * request complain about.
 */
export function useErrorPresentation(): Plugin<object, RequestContext> {
  return {
    onResultProcess(processing) {
      const { result, serverContext } = processing
      if (isAsyncIterable(result)) {
        processing.setResult(mapAsyncIterator(result, (part) => presentErrors(part, serverContext)))
      } else if (!Array.isArray(result)) {
        processing.setResult(presentErrors(result, serverContext))
      }
    },
  }
}

/** The result with its errors as the schema presents them. */
export function presentErrors<Result extends ExecutionResult>(result: Result, context: RequestContext): Result {
  if (result.errors === undefined) return result
  const errors = result.errors.map((error) => present(error, context))
  if (result.data === undefined) errors.forEach(chooseStatus)
  return { ...result, errors }
}

function present(error: GraphQLError, { graph, log }: RequestContext): GraphQLError {
  const { correlationId } = graph
  const presented = presentError(error, correlationId)
  const { code } = presented.extensions
  const level = code === 'INTERNAL' ? 'error' : 'info'
  log[level]({ event: 'graphql.error', correlationId, code, err: error.originalError }, 'field or request failed')
  return presented
}

/** Without data it is the request that failed, and the status says so to those who accept the newer media type (6.4.2). */
function chooseStatus({ extensions }: GraphQLError): void {
  extensions['http'] ??= { spec: true, status: extensions['code'] === 'INTERNAL' ? 500 : 400 }
}
