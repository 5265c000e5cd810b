import {
  findIssueByShortId,
  listIssues,
  listProjects,
  listReleases,
  listTeams,
  SentryApiError,
} from '@sentry-graph/sentry-api'
import type { SignedInContext } from './context.ts'
import { parseEventId } from './event-id.ts'
import {
  addressOf,
  eventSource,
  type EventSource,
  issueSource,
  type IssueSource,
  type OrganizationSource,
  projectSource,
  type ProjectSource,
  releaseSource,
  type ReleaseSource,
  teamSource,
  type TeamSource,
} from './node-source.ts'
import { toError } from './reference-loader.ts'
import { inQuotes } from './search-text.ts'
import { listViewerOrganizations } from './viewer-organizations.ts'
import { isShortId } from './web-place.ts'

export type SearchType = 'Organization' | 'Project' | 'Team' | 'Issue' | 'Event' | 'Release'

/** What Sentry can be asked for by text, one call each. */
export type TextSearchType = Extract<SearchType, 'Project' | 'Team' | 'Issue' | 'Release'>

export type SearchResult = OrganizationSource | ProjectSource | TeamSource | IssueSource | EventSource | ReleaseSource

export interface TextSearch {
  text: string
  types: ReadonlySet<SearchType>
  /** The most results. */
  first: number
}

/**
 * Finds what a text names in the organizations of the viewer: by id where it has the form of one, else by its words. An
 * error stands for an organization that could not be asked: the rest is served.
 */
export async function searchOrganizations(
  context: SignedInContext,
  search: TextSearch,
): Promise<(SearchResult | Error)[]> {
  const organizations = await listViewerOrganizations(context)
  const named = await searchById(context, search, organizations)
  if (named.length > 0) return take(named, search.first)
  const lists = await searchByText(context, search, organizations)
  return take(interleave([searchSlugs(search, organizations), ...lists]), search.first)
}

/** How an id is looked up that has the form of the text; null where it is none. */
export function idLookupOf({ text, types }: Pick<TextSearch, 'text' | 'types'>): 'event' | 'shortId' | null {
  if (types.has('Event') && parseEventId(text) !== null) return 'event'
  return types.has('Issue') && isShortId(text.toUpperCase()) ? 'shortId' : null
}

async function searchById(
  { sentry, loaders }: SignedInContext,
  search: TextSearch,
  organizations: readonly OrganizationSource[],
): Promise<(SearchResult | Error)[]> {
  const lookup = idLookupOf(search)
  if (lookup === null) return []
  const eventId = parseEventId(search.text) ?? ''
  const find = async (organization: OrganizationSource) =>
    lookup === 'event'
      ? eventSource(organization, await loaders.events.load({ organization, key: eventId }))
      : issueSource(organization, await findIssueByShortId(sentry, addressOf(organization), search.text.toUpperCase()))
  const found = await Promise.all(organizations.map((organization) => find(organization).catch(hideMissing)))
  return found.filter((result) => result !== null)
}

// Sentry says 403 of what exists where the viewer may not look.
function hideMissing(error: unknown): Error | null {
  const isHidden =
    error instanceof SentryApiError &&
    (error.code === 'not_found' || (error.code === 'forbidden' && error.requiredScope === null))
  return isHidden ? null : toError(error)
}

function searchSlugs({ text, types }: TextSearch, organizations: readonly OrganizationSource[]): SearchResult[] {
  const words = text.toLowerCase()
  if (!types.has('Organization')) return []
  return organizations.filter(({ record }) =>
    [record?.slug, record?.name].some((name) => name?.toLowerCase().includes(words)),
  )
}

async function searchByText(
  context: SignedInContext,
  search: TextSearch,
  organizations: readonly OrganizationSource[],
): Promise<(SearchResult | Error)[][]> {
  // An id that nobody knows is no text to look for elsewhere.
  if (parseEventId(search.text) !== null) return []
  const kinds = textSearchTypes.filter((kind) => search.types.has(kind))
  const asked = kinds.flatMap((kind) =>
    organizations.map(async (organization) => {
      try {
        return await searchers[kind](context, organization, search)
      } catch (error) {
        return [toError(error)]
      }
    }),
  )
  return await Promise.all(asked)
}

type Searcher = (
  context: SignedInContext,
  organization: OrganizationSource,
  search: TextSearch,
) => Promise<SearchResult[]>

const searchers: Record<TextSearchType, Searcher> = {
  Project: async ({ sentry, loaders }, organization, { text, first }) => {
    const { items } = await listProjects(sentry, addressOf(organization), { query: text, perPage: first })
    loaders.projects.remember(organization, items)
    return items.map((record) => projectSource(organization, record))
  },
  Team: async ({ sentry, loaders }, organization, { text, first }) => {
    const { items } = await listTeams(sentry, addressOf(organization), { query: text, perPage: first })
    loaders.teams.remember(organization, items)
    return items.map((record) => teamSource(organization, record))
  },
  Issue: async ({ sentry }, organization, { text, first }) => {
    const { items } = await listIssues(sentry, addressOf(organization), {
      search: { query: asWords(text), sort: 'date', projects: [], environments: [], range: null },
      parts: { numbers: true, isUnhandled: true, statsPeriod: null },
      perPage: first,
    })
    return items.map((record) => issueSource(organization, record))
  },
  Release: async ({ sentry, loaders }, organization, { text, first }) => {
    const { items } = await listReleases(sentry, addressOf(organization), {
      search: { query: text, projects: [], environments: [] },
      perPage: first,
    })
    loaders.releases.remember(organization, items)
    return items.map((record) => releaseSource(organization, record))
  },
}

export const textSearchTypes = ['Project', 'Team', 'Issue', 'Release'] as const satisfies readonly TextSearchType[]

/** What looks like Sentry's search syntax is none here. */
function asWords(text: string): string {
  return /^[\w .-]+$/.test(text) ? text : inQuotes(text)
}

/** The first of each list, then the second of each: no kind and no organization hides the others. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat()
}

/** At most so many results; errors stay, for what they hide is not known. */
function take(results: readonly (SearchResult | Error)[], most: number): (SearchResult | Error)[] {
  const nodes = results.filter((result) => !(result instanceof Error)).slice(0, most)
  return [...nodes, ...results.filter((result) => result instanceof Error)]
}
