export {
  createGraphContext,
  type GatewayFacts,
  type GraphContext,
  type GraphContextInput,
  type Viewer,
} from './context.ts'
export { describeCost, type OperationCost } from './cost.ts'
export { AuthenticationEndedError, type ErrorCode } from './graph-error.ts'
export { presentError } from './present-error.ts'
export { schemaHash } from './schema-hash.ts'
export { schema } from './schema.ts'
