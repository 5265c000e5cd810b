import { presentError } from '@sentry-graph/schema'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from './endpoint.ts'

/**
 * Shows callers every error as the schema presents it, and tells the log what they do not get to see. It works on the
 * finished result: Yoga's own masking passes by what validation and the reading of the request complain about.
 */
export function useErrorPresentation(): Plugin<object, RequestContext> {
  return {
    onResultProcess(processing) {
      const { result, serverContext } = processing
      if (!('errors' in result) || result.errors === undefined) return
      const errors = result.errors.map((error) => present(error, serverContext))
      if (result.data === undefined) errors.forEach(chooseStatus)
      processing.setResult({ ...result, errors })
    },
  }
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
