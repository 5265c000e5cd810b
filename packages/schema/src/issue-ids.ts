import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import { organizationReference, type OrganizationSource } from './node-source.ts'

/** How many issues one mutation changes at most. */
const MOST_ISSUES = 1000

/** An issue as its id names it. */
export interface IssueReference {
  /** The id in the graph. */
  globalId: string
  organization: OrganizationSource
  /** Sentry’s numeric id. */
  id: string
}

/**
 * The issues that a mutation is to change, each once, in the order given.
 * @throws GraphError `BAD_USER_INPUT`, before any call, for none, for too many and for an id of something else.
 */
export function readIssueIds(globalIds: readonly string[]): IssueReference[] {
  const distinct = [...new Set(globalIds)]
  if (distinct.length === 0) throw new GraphError('BAD_USER_INPUT', '"issueIds" takes at least one id.')
  if (distinct.length > MOST_ISSUES) {
    throw new GraphError('BAD_USER_INPUT', `"issueIds" takes at most ${MOST_ISSUES} ids.`)
  }
  return distinct.map(readIssueId)
}

/** @throws GraphError `BAD_USER_INPUT` for an id of something else. */
export function readIssueId(globalId: string): IssueReference {
  const { kind, organizationId, id } = decodeGlobalId(globalId)
  if (kind !== 'Issue' || organizationId === null) throw new GraphError('BAD_USER_INPUT', 'This is no id of an issue.')
  return { globalId, organization: organizationReference(organizationId), id }
}
