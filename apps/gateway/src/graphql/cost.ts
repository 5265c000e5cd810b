import { type CostEstimate, createCostEstimator, describeCost, refuseCostly, schema } from '@sentry-graph/schema'
import { type DocumentNode, type ExecutionResult, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from './endpoint.ts'

interface Operation {
  document: DocumentNode
  operationName?: string | null | undefined
  variableValues?: Readonly<Record<string, unknown>> | null | undefined
}

/** What is known of an operation before it runs. */
export interface CostAssessment {
  estimate: CostEstimate | null
  /** The answer instead of running it; null when it may run. */
  instead: ExecutionResult | null
}

/** Keeps operations from costing Sentry too much, and tells what they have cost. */
export interface CostControl {
  assess(operation: Operation, context: RequestContext): CostAssessment
  /** The result of an operation that ran, with what it has cost in its extensions. */
  account(result: ExecutionResult, assessment: CostAssessment, context: RequestContext): ExecutionResult
}

export function createCostControl(): CostControl {
  const estimateCost = createCostEstimator(schema)

  return {
    assess({ document, operationName, variableValues }, { graph }) {
      const estimate = estimateCost({
        document,
        operationName: operationName ?? null,
        variables: variableValues ?? {},
        knownOrganizations: graph.organizationCount?.known ?? null,
      })
      if (estimate && graph.explanation?.mode === 'only') {
        const extensions = { plan: estimate.calls, cost: describeCost(graph, estimate) }
        return { estimate, instead: { data: null, extensions } }
      }
      const refusal = estimate && graph.sentry && refuseCostly(estimate, graph.budget)
      if (!refusal) return { estimate, instead: null }
      const errors = [new GraphQLError(refusal.message, { originalError: refusal })]
      return { estimate, instead: { errors, extensions: { cost: describeCost(graph, estimate) } } }
    },
    account(result, { estimate }, { graph }) {
      const plan = graph.explanation?.describe(estimate)
      const told = { cost: describeCost(graph, estimate), ...(plan && { plan }) }
      return { ...result, extensions: { ...result.extensions, ...told } }
    },
  }
}

/** Refuses what would cost Sentry too much before it runs, and tells in `extensions.cost` what it has cost. */
export function useCostControl(costControl: CostControl): Plugin<RequestContext> {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const context = args.contextValue as RequestContext
      const assessment = costControl.assess(args, context)
      if (assessment.instead) return setResultAndStopExecution(assessment.instead)
      return {
        onExecuteDone({ result, setResult }) {
          if (!(Symbol.asyncIterator in result)) setResult(costControl.account(result, assessment, context))
        },
      }
    },
    // By what it costs to begin and to answer one event.
    onSubscribe({ args, setResultAndStopExecution }) {
      const { instead } = costControl.assess(args, args.contextValue)
      if (instead) setResultAndStopExecution(instead)
    },
  }
}
