import type { Project } from '../../world/project.ts'
import { badRequest } from '../api-error.ts'
import type { CallerRequest } from '../endpoint.ts'
import type { OrganizationAccess } from '../organization-access.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import { createCandidate, createStandings, type IssueCandidate } from './issue-candidate.ts'
import { createTests, createWordTest } from './issue-filters.ts'
import { parseIssueQuery, type IssueFilter } from './issue-query.ts'

/** What one search found, in its order: `rank` gives the number by which each stands where it does. */
export interface FoundIssues {
  candidates: readonly IssueCandidate[]
  rank: (candidate: IssueCandidate) => number
  filters: readonly IssueFilter[]
}

const priorities = { high: 3, medium: 2, low: 1 } as const

const ranks: Readonly<Record<string, (candidate: IssueCandidate) => number>> = {
  date: ({ lastSeen }) => lastSeen ?? 0,
  new: ({ issue }) => issue.firstSeen,
  freq: ({ count }) => count,
  user: ({ userCount }) => userCount,
  trends: ({ count, issue, range }) => Math.round((1_000_000 * count) / (1 + issue.volume.countBefore(range.end))),
  inbox: ({ standing, lastSeen }) => (standing.isInInbox ? standing.since : 0) || Math.floor((lastSeen ?? 0) / 1000),
  recommended: ({ count, standing, lastSeen }) =>
    Math.round(Math.log2(1 + count) * 100 + (standing.priority === null ? 0 : priorities[standing.priority] * 300)) *
      10_000 +
    (Math.floor((lastSeen ?? 0) / 3_600_000) % 10_000),
  priority: ({ standing, lastSeen }) =>
    (standing.priority === null ? 0 : priorities[standing.priority]) * 1e13 + (lastSeen ?? 0),
}

/**
 * Finds issues of the given projects, as `query`, the period, `environment` and `sort` ask for. Without a `query` at all only the
 * unresolved ones are found; with an empty one, all.
 *
 * @throws {ApiError} 400 for a bad query, period or sort key; 404 for an unknown environment.
 */
export function searchIssues(
  request: CallerRequest,
  access: OrganizationAccess,
  projects: readonly Project[],
): FoundIssues {
  const { query, now, issueChanges: changes } = request
  const rank = readRank(query)
  const { filters, text } = parseIssueQuery(query.getAll('query').at(-1) ?? 'is:unresolved')
  const environments = readEnvironments(query, filters, access)
  const { start, end } = readTimeRange(query, now)
  const range = { start, end: Math.min(end, now.getTime()), environments }
  const others = filters.filter(({ key }) => key !== 'environment' || environments === null)
  const tests = [...createTests(others, { access, changes, now: now.getTime(), projects }), createWordTest(text)]
  const candidates = listCandidates(request, projects, range).filter((candidate) =>
    tests.every((test) => test(candidate)),
  )
  return { candidates: sortByRank(candidates, rank), rank, filters: others }
}

/** The issues that stand for themselves and had events in the range. */
function listCandidates(
  { world, now, issueChanges }: CallerRequest,
  projects: readonly Project[],
  range: IssueCandidate['range'],
): IssueCandidate[] {
  const standings = createStandings(world, issueChanges)
  return projects
    .flatMap((project) => world.historyOf(project).issuesAt(now.getTime()))
    .map((issue) => createCandidate(issue, standings.of(issue), range))
    .filter(({ standing, lastSeen }) => !standing.isDiscarded && standing.mergedInto === null && lastSeen !== null)
}

function readRank(query: URLSearchParams): (candidate: IssueCandidate) => number {
  const sort = query.getAll('sort').at(-1) || 'date'
  const rank = Object.hasOwn(ranks, sort) ? ranks[sort] : undefined
  if (rank === undefined) throw badRequest(`Sort key '${sort}' not supported.`)
  return rank
}

/** `environment:` in a query means what the parameter means. */
function readEnvironments(
  query: URLSearchParams,
  filters: readonly IssueFilter[],
  { organization }: OrganizationAccess,
): ReadonlySet<string> | null {
  const selected = selectEnvironments(query, organization)
  const named = filters.filter(({ key, isNegated }) => key === 'environment' && !isNegated)
  if (named.length === 0) return selected
  const names = named.flatMap(({ values }) => values)
  return new Set(names.filter((name) => selected === null || selected.has(name)))
}

function sortByRank(candidates: IssueCandidate[], rank: (candidate: IssueCandidate) => number): IssueCandidate[] {
  return candidates
    .map((candidate) => ({ candidate, value: rank(candidate) }))
    .toSorted(
      (left, right) => right.value - left.value || Number(right.candidate.issue.id) - Number(left.candidate.issue.id),
    )
    .map(({ candidate }) => candidate)
}
