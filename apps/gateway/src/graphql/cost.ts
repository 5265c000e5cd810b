import { createCostEstimator, describeCost, refuseCostly, schema } from '@sentry-graph/schema'
import type { Plugin } from 'graphql-yoga'
import { GraphQLError } from 'graphql'
import type { RequestContext } from './endpoint.ts'

/** Refuses what would cost Sentry too much before it runs, and tells in `extensions.cost` what it has cost. */
export function useCostControl(): Plugin<RequestContext> {
  const estimateCost = createCostEstimator(schema)

  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { graph } = args.contextValue as RequestContext
      const estimate = estimateCost({
        document: args.document,
        operationName: args.operationName ?? null,
        variables: args.variableValues ?? {},
        knownOrganizations: graph.organizationCount?.known ?? null,
      })
      if (estimate && graph.explanation?.mode === 'only') {
        setResultAndStopExecution({
          data: null,
          extensions: { plan: estimate.calls, cost: describeCost(graph, estimate) },
        })
        return undefined
      }
      const refusal = estimate && graph.sentry && refuseCostly(estimate, graph.budget)
      if (refusal) {
        const errors = [new GraphQLError(refusal.message, { originalError: refusal })]
        setResultAndStopExecution({ errors, extensions: { cost: describeCost(graph, estimate) } })
        return undefined
      }
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return
          const plan = graph.explanation?.describe(estimate)
          const told = { cost: describeCost(graph, estimate), ...(plan && { plan }) }
          setResult({ ...result, extensions: { ...result.extensions, ...told } })
        },
      }
    },
  }
}
