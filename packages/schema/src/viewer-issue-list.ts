import { type Issue, type IssueParts, type IssueSearch, type IssueSort, listIssues } from '@sentry-graph/sentry-api'
import type { ConnectionArguments } from './connection.ts'
import type { SignedInContext } from './context.ts'
import { GraphError } from './graph-error.ts'
import { type IssueListArguments, readIssueSearch } from './issue-search.ts'
import { connectOrganizations, largestFirst } from './merged-connection.ts'
import type { SortKey } from './merged-position.ts'
import { addressOf, issueSource } from './node-source.ts'
import { readProjectIdsByOrganization } from './project-ids.ts'

/** What the issues of two organizations can be compared by; null where Sentry answers no such number. */
const keys: Record<IssueSort, ((issue: Issue) => SortKey) | null> = {
  date: ({ lastSeen }) => lastSeen?.getTime() ?? null,
  new: ({ firstSeen }) => firstSeen?.getTime() ?? null,
  freq: ({ count }) => count,
  user: ({ userCount }) => userCount,
  trends: null,
  recommended: null,
  inbox: null,
}

/** The issues of all organizations in one list. @throws GraphError `BAD_USER_INPUT` for a sort that is only Sentry's to know. */
export async function connectViewerIssues(
  args: ConnectionArguments & IssueListArguments,
  parts: IssueParts,
  context: SignedInContext,
) {
  const projects = readProjectIdsByOrganization(args.filter?.projectIds)
  // Only of a range that is named do Sentry's answers tell the numbers that it sorts by.
  const range = args.range ?? { last: '90d' }
  const search = readIssueSearch({ ...args, range, filter: { ...args.filter, projectIds: null } })
  const keyOf = keys[search.sort]
  if (keyOf === null) {
    const message = 'Issues of several organizations can be sorted by LAST_SEEN, FIRST_SEEN, EVENTS and USERS only.'
    throw new GraphError('BAD_USER_INPUT', message)
  }
  return await connectOrganizations(args, issueList({ search, projects, parts, keyOf }, context), context)
}

interface IssueListParts {
  search: IssueSearch
  projects: ReadonlyMap<string, readonly string[]> | null
  parts: IssueParts
  keyOf: (issue: Issue) => SortKey
}

function issueList({ search, projects, parts, keyOf }: IssueListParts, { sentry }: SignedInContext) {
  return {
    identity: ['viewer.issues', JSON.stringify([search, projects && [...projects]])],
    includes: ({ sentryId }: { sentryId: string }) => projects === null || projects.has(sentryId),
    page: (organization: Parameters<typeof issueSource>[0], options: { cursor?: string | null; perPage?: number }) =>
      listIssues(sentry, addressOf(organization), {
        ...options,
        search: { ...search, projects: projects?.get(organization.sentryId) ?? [] },
        // The order is told by them.
        parts: { ...parts, numbers: true },
      }),
    order: { idOf: ({ id }: Issue) => id, keyOf, compare: largestFirst },
    node: issueSource,
  }
}
