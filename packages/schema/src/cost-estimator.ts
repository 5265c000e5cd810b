import { type DocumentNode, getVariableValues, type GraphQLSchema } from 'graphql'
import { type CostEstimate, estimateOperation } from './cost-estimate.ts'
import { type PlannedOperation, planOperation } from './planned-operation.ts'

/** Estimates an operation of a valid document. Null where it cannot run anyway: no such operation, bad variables. */
export type CostEstimator = (operation: {
  document: DocumentNode
  operationName: string | null
  variables: Readonly<Record<string, unknown>>
  /** How many organizations the viewer has, as far as the gateway has seen. */
  knownOrganizations: number | null
}) => CostEstimate | null

/** Assumed of a viewer whose organizations nobody has counted yet. */
export const ASSUMED_ORGANIZATIONS = 5

const MOST_REMEMBERED = 50
const LONGEST_REMEMBERED = 2000
const DEEPEST_REMEMBERED = 6

/** Estimates over a schema; documents and the variables they were asked with are remembered. */
export function createCostEstimator(schema: GraphQLSchema): CostEstimator {
  const remembered = new WeakMap<DocumentNode, Map<string, RememberedOperation>>()

  return ({ document, operationName, variables, knownOrganizations }) => {
    const operations = remembered.get(document) ?? new Map<string, RememberedOperation>()
    remembered.set(document, operations)
    const name = operationName ?? ''
    let operation = operations.get(name)
    if (operation === undefined) {
      const planned = planOperation(schema, document, operationName)
      // A name that the document does not have is anybody's invention: kept, they would fill the memory.
      if (planned === null) return null
      operation = { planned, estimates: new Map() }
      operations.set(name, operation)
    }
    return recallEstimate(schema, operation, variables, knownOrganizations ?? ASSUMED_ORGANIZATIONS)
  }
}

interface RememberedOperation {
  planned: PlannedOperation
  estimates: Map<string, CostEstimate>
}

function recallEstimate(
  schema: GraphQLSchema,
  { planned, estimates }: RememberedOperation,
  variables: Readonly<Record<string, unknown>>,
  organizations: number,
): CostEstimate | null {
  const values = planned.variables.map((name) => given(variables, name))
  const key = isShallow(values, DEEPEST_REMEMBERED) ? JSON.stringify([organizations, values]) : null
  const known = key === null ? undefined : estimates.get(key)
  if (known) return known
  const { variableValues } = getVariableValues(schema, planned.definition.variableDefinitions ?? [], variables)
  if (!variableValues) return null
  const estimate = estimateOperation(planned.fields, variableValues, organizations)
  if (key !== null && key.length <= LONGEST_REMEMBERED) estimates.set(key, estimate)
  const [oldest] = estimates.keys()
  if (estimates.size > MOST_REMEMBERED && oldest !== undefined) estimates.delete(oldest)
  return estimate
}

// Before they are coerced, variables are whatever a caller sent: writing them out could exhaust the stack.
function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1))
}

/** Null is a value; what is left out is none, and has the default. */
function given(variables: Readonly<Record<string, unknown>>, name: string): unknown[] {
  return Object.hasOwn(variables, name) ? [variables[name]] : []
}
