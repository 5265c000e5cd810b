export {
  createGraphContext,
  type GatewayFacts,
  type GraphContext,
  type GraphContextInput,
  type LiveAccess,
  type Viewer,
} from './context.ts'
export { MOST_NODES, refuseCostly } from './admission.ts'
export type { CostEstimate, EstimatedCalls } from './cost-estimate.ts'
export { createCostEstimator } from './cost-estimator.ts'
export { createExplanation, type ExplainedCall, type Explanation, type ExplanationMode } from './explanation.ts'
export { describeCost, type OperationCost } from './cost.ts'
export { AuthenticationEndedError, type ErrorCode } from './graph-error.ts'
export { type FeedTiming, usualTiming } from './live/feed-timing.ts'
export { createIssueFeeds, type IssueFeeds } from './live/issue-feeds.ts'
export { createOrganizationCount, type OrganizationCount } from './organization-count.ts'
export { presentError } from './present-error.ts'
export type { ClientSessionInput, SessionActions, SessionFacts } from './session-actions.ts'
export { schemaHash } from './schema-hash.ts'
export { createSchema, schema } from './schema.ts'
