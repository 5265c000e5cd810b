import type { GraphBuilder } from '../builder.ts'
import { asksSentry, type CallPlan, givesAtMost } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { readFilledText } from '../search-text.ts'
import {
  idLookupOf,
  searchOrganizations,
  type SearchType,
  type TextSearch,
  type TextSearchType,
  textSearchTypes,
} from '../text-search.ts'
import { organizationListPlan } from '../viewer-organizations.ts'
import { EventRef } from './event.ts'
import { IssueRef } from './issue.ts'
import { OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { ReleaseRef } from './release.ts'
import { TeamRef } from './team.ts'

const MOST_RESULTS = 50
const MOST_TEXT_CALLS = 3

const defaultTypes: readonly SearchType[] = ['Organization', 'Project', 'Team', 'Issue', 'Event']

const textEndpoints: Record<TextSearchType, string> = {
  Project: 'GET organizations/{org}/projects/',
  Team: 'GET organizations/{org}/teams/',
  Issue: 'GET organizations/{org}/issues/',
  Release: 'GET organizations/{org}/releases/',
}

interface SearchArguments {
  query: string
  types?: readonly SearchType[] | null | undefined
  first?: number | null | undefined
}

export function addSearch(builder: GraphBuilder): void {
  const result = builder.unionType('SearchResult', {
    description: 'What a search can find.',
    types: [OrganizationRef, ProjectRef, TeamRef, IssueRef, EventRef, ReleaseRef],
    resolveType: ({ globalId }) => globalId.kind,
  })
  const type = builder.enumType('SearchType', {
    description: 'What a search looks for.',
    values: {
      ORGANIZATION: { value: 'Organization', description: 'Organizations, by name and slug.' },
      PROJECT: { value: 'Project', description: 'Projects, by name and slug.' },
      TEAM: { value: 'Team', description: 'Teams, by name and slug.' },
      ISSUE: { value: 'Issue', description: 'Issues, by short id, or by words in their title and message.' },
      EVENT: { value: 'Event', description: 'Events, by id.' },
      RELEASE: { value: 'Release', description: 'Releases, by part of their version.' },
    },
  })

  builder.queryField('search', (t) =>
    t.field({
      type: [result],
      nullable: { list: true, items: true },
      description:
        'What a text names in the organizations of the viewer, at most 50 results; an organization that could not be asked gives a null with an error after them. Costs a call for the organizations, `GET organizations/` (scope `org:read`). A text in the form of a short id or an event id costs one per organization, `GET organizations/{org}/shortids/{shortId}/` (scope `event:read`) or `GET organizations/{org}/eventids/{event}/` (scope `org:read`); any other text, and a short id of nothing, at most three per organization: `GET organizations/{org}/projects/`, `GET organizations/{org}/teams/` and `GET organizations/{org}/issues/`, or releases.',
      args: {
        query: t.arg.string({ required: true, description: 'A short id, an event id, or words; 1 to 200 characters.' }),
        types: t.arg({
          type: [type],
          description: 'What to look for, at most 5; everything but releases when left out.',
        }),
        first: t.arg.int({ defaultValue: 10, description: 'How many at most: 1 to 50.' }),
      },
      extensions: { ...asksSentry(...plans), ...givesAtMost(10) },
      resolve: async (_, args, context) => {
        const search = readSearch(args)
        const results = await searchOrganizations(requireSignedIn(context), search)
        return results.map((found) => (found instanceof Error ? Promise.reject(found) : found))
      },
    }),
  )
}

const plans: CallPlan[] = [
  organizationListPlan,
  idPlan('GET organizations/{org}/eventids/{event}/', 'event'),
  idPlan('GET organizations/{org}/shortids/{shortId}/', 'shortId'),
  ...textSearchTypes.map((kind): CallPlan => ({
    endpoint: textEndpoints[kind],
    serves: 'parent',
    eachOrganization: true,
    times: (args) => (idLookupIn(args) !== 'event' && typesIn(args).has(kind) ? 1 : 0),
  })),
]

function idPlan(endpoint: string, lookup: ReturnType<typeof idLookupOf>): CallPlan {
  return {
    endpoint,
    serves: 'parent',
    eachOrganization: true,
    times: (args) => (idLookupIn(args) === lookup ? 1 : 0),
  }
}

function idLookupIn(args: Readonly<Record<string, unknown>>) {
  return idLookupOf({ text: String(args['query']).trim(), types: typesIn(args) })
}

function typesIn({ types }: Readonly<Record<string, unknown>>): ReadonlySet<SearchType> {
  return new Set(Array.isArray(types) ? (types as SearchType[]) : defaultTypes)
}

/** @throws GraphError `BAD_USER_INPUT`, before any call. */
function readSearch({ query, types, first }: SearchArguments): TextSearch {
  const search = { text: readFilledText('query', query), types: new Set(types ?? defaultTypes), first: first ?? 10 }
  if (search.first < 1 || search.first > MOST_RESULTS) {
    throw new GraphError('BAD_USER_INPUT', `"first" takes a number from 1 to ${MOST_RESULTS}.`)
  }
  if (textSearchTypes.filter((kind) => search.types.has(kind)).length > MOST_TEXT_CALLS) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'Look for projects, teams, issues and releases, but for three of them at a time.',
    )
  }
  return search
}
