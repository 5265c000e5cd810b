import {
  findIssue,
  type Issue,
  type IssueStatsPeriod,
  LARGEST_PAGE,
  listIssues,
  listIssuesById,
  type OrganizationAddress,
  type SentryClient,
  SentryApiError,
} from '@sentry-graph/sentry-api'
import { wholeIssueParts } from './issue-parts.ts'
import { createReferenceLoader, type ReferenceLoader } from './reference-loader.ts'
import { searchList } from './search-text.ts'

/** Issues that are asked about one by one where a list leaves open what became of them. */
const MOST_SINGLE = 5

/**
 * Loads issues by numeric id with everything that one can be asked for, and their series of a period. Sentry refuses a
 * whole list for one issue of a project that the viewer may not see. A search then finds the others, and the few that
 * it does not are asked about one by one: at most seven calls for a hundred.
 */
export function createIssueLoader(sentry: SentryClient, period: IssueStatsPeriod): ReferenceLoader<Issue> {
  const parts = wholeIssueParts(period)
  const refusals = new Map<string, SentryApiError>()

  async function listVisible(organization: OrganizationAddress, ids: readonly string[], refusal: SentryApiError) {
    const query = `issue.id:${searchList(ids)}`
    const search = { query, sort: 'date' as const, projects: [], environments: [], range: null }
    const { items } = await listIssues(sentry, organization, { search, parts, perPage: LARGEST_PAGE })
    const found = new Set(items.map(({ id }) => id))
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length > MOST_SINGLE) for (const id of missing) refusals.set(keyIn(organization, id), refusal)
    return items
  }

  return createReferenceLoader({
    list: async (organization, ids) => {
      try {
        return await listIssuesById(sentry, organization, { ids, parts })
      } catch (error) {
        if (ids.length > 1 && refusesProject(error)) return await listVisible(organization, ids, error)
        throw error
      }
    },
    keyOf: ({ id }) => id,
    // Of an issue that was merged into another one, only its detail tells.
    findMissing: async (organization, issue) => {
      const refusal = refusals.get(keyIn(organization, issue))
      if (refusal) throw refusal
      return await findIssue(sentry, organization, { issue, parts: new Set(['stats']) })
    },
  })
}

function refusesProject(error: unknown): error is SentryApiError {
  return error instanceof SentryApiError && error.code === 'forbidden' && error.requiredScope === null
}

const keyIn = ({ idOrSlug }: OrganizationAddress, id: string) => `${idOrSlug}:${id}`
