import type { IssueDetailPart } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import { selectedDetailParts } from './issue-detail-parts.ts'
import { selectsHealth } from './release-health.ts'

const MOST_HEALTHS = 5

/** What is asked of the nodes, where that decides how they are asked for. */
export interface WantedParts {
  releaseHealth: boolean
  /** Of issues; null where a list of them serves as well. */
  issueDetail: readonly IssueDetailPart[] | null
}

/** What is asked of the `count` nodes beneath the field that is being resolved. */
export function wantedParts(info: GraphQLResolveInfo, count: number): WantedParts {
  return {
    releaseHealth: count <= MOST_HEALTHS && selectsHealth(info),
    issueDetail: selectedDetailParts(info),
  }
}
