import { describeCost } from '@sentry-graph/schema'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from './endpoint.ts'

/** Tells in `extensions.cost` what the operation has cost Sentry. */
export function useCostReport(): Plugin<RequestContext> {
  return {
    onExecute: () => ({
      onExecuteDone({ args, result, setResult }) {
        if (Symbol.asyncIterator in result) return
        const { graph } = args.contextValue as RequestContext
        setResult({ ...result, extensions: { ...result.extensions, cost: describeCost(graph) } })
      },
    }),
  }
}
