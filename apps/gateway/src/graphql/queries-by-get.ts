import { getOperationAST, GraphQLError, OperationTypeNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Lets GET run queries alone (GraphQL over HTTP, 6.2.1): links, images and prefetching must not change anything. */
export function useQueriesOnlyByGet(): Plugin {
  return {
    onParse({ context }) {
      return ({ result }) => {
        if (context.request.method !== 'GET' || result === null || result instanceof Error) return
        const operation = getOperationAST(result, context.params.operationName)
        if (operation && operation.operation !== OperationTypeNode.QUERY) throw refusal()
      }
    },
  }
}

function refusal(): GraphQLError {
  return new GraphQLError('GET runs queries only. Send this operation by POST.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 405, headers: { Allow: 'POST' } } },
  })
}
