import { createCostEstimator, describeCost, refuseCostly, schema } from '@sentry-graph/schema'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from './endpoint.ts'

type Operation = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues' | 'contextValue'>

/** Refuses what would cost Sentry too much before it runs, and tells in `extensions.cost` what it has cost. */
export function useCostControl(): Plugin<RequestContext> {
  const estimateCost = createCostEstimator(schema)

  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { graph, estimate, instead } = assess(args)
      if (instead) return setResultAndStopExecution(instead)
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return
          const plan = graph.explanation?.describe(estimate)
          const told = { cost: describeCost(graph, estimate), ...(plan && { plan }) }
          setResult({ ...result, extensions: { ...result.extensions, ...told } })
        },
      }
    },
    // By what it costs to begin and to answer one event.
    onSubscribe({ args, setResultAndStopExecution }) {
      const { instead } = assess(args)
      if (instead) setResultAndStopExecution(instead)
    },
  }

  /** The estimate, and what is answered instead of running the operation; null when it may run. */
  function assess({ document, operationName, variableValues, contextValue }: Operation) {
    const { graph } = contextValue as RequestContext
    const estimate = estimateCost({
      document,
      operationName: operationName ?? null,
      variables: variableValues ?? {},
      knownOrganizations: graph.organizationCount?.known ?? null,
    })
    const answer = (result: ExecutionResult) => ({ graph, estimate, instead: result })
    if (estimate && graph.explanation?.mode === 'only') {
      return answer({ data: null, extensions: { plan: estimate.calls, cost: describeCost(graph, estimate) } })
    }
    const refusal = estimate && graph.sentry && refuseCostly(estimate, graph.budget)
    if (!refusal) return { graph, estimate, instead: null }
    const errors = [new GraphQLError(refusal.message, { originalError: refusal })]
    return answer({ errors, extensions: { cost: describeCost(graph, estimate) } })
  }
}
