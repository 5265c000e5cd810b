import type { Issue } from '../../world/issue.ts'
import type { CallerRequest } from '../endpoint.ts'
import { createViewer, readStandingOf } from './issue-access.ts'
import { createCandidate } from './issue-candidate.ts'
import { presentIssue, type ListOptions } from './issue-representation.ts'

const nothingSpecial: ListOptions = {
  expand: new Set(),
  collapse: new Set(),
  groupStatsPeriod: '24h',
  isRanged: false,
  isFiltered: false,
}

/** An issue as lists carry it, with the numbers of its whole life. */
export function presentWholeIssue(request: CallerRequest, issue: Issue, options: ListOptions = nothingSpecial): object {
  const range = { start: 0, end: request.now.getTime(), environments: null }
  return presentIssue(createViewer(request), createCandidate(issue, readStandingOf(request, issue), range), options)
}
