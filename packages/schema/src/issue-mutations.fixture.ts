import type { Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Answer, type Asker, type Graph, startGraph } from '../test/graph.ts'

export const readsAndWrites = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read', 'event:write']

let started: Graph
let asker: Asker

/** One graph for the tests of a file; what one of them breaks at Sentry is whole for the next. */
export function startForAll(): void {
  beforeAll(async () => {
    started = await startGraph({ rateLimit: false })
    asker = started.signIn('mira', { scopes: readsAndWrites })
  })
  afterEach(() => {
    started.sandbox.clearFaults()
    for (const host of started.sandbox.hostsDown) started.sandbox.bringUp(host)
  })
  afterAll(() => started.close())
}

export const graph = () => started

/** Somebody who may write. */
export const mira = () => asker

export interface Found {
  id: string
  sentryId: string
  organization: { slug: string }
}

/** Unresolved errors of each of Mira’s organizations, by its slug. */
export async function findIssues(first = 4): Promise<Record<string, Found[]>> {
  const { data } = await mira().ask(`{
    viewer { organizations { nodes { slug
      issues(first: ${first}, filter: { status: [UNRESOLVED], query: "issue.category:error" }) {
        nodes { id sentryId organization { slug } }
      }
    } } }
  }`)
  const organizations: { slug: string; issues: { nodes: Found[] } }[] = data.viewer.organizations.nodes
  return Object.fromEntries(organizations.map(({ slug, issues }) => [slug, issues.nodes]))
}

export async function someIssue(slug = 'lumen-freight'): Promise<Found> {
  const [issue] = (await findIssues())[slug] ?? []
  if (!issue) throw new Error(`${slug} has no unresolved error`)
  return issue
}

/** The issue as Sentry itself has it. */
export const wire = ({ organization, sentryId }: Found) =>
  graph().wire('mira', `organizations/${organization.slug}/issues/${sentryId}/`)

const results = `results {
  issueId outcome
  issue { id status substatus isBookmarked isSubscribed assignee { ... on User { sentryId } ... on Team { name } } }
  error { __typename ... on UserError { message } ... on MissingScopeError { requiredScope } ... on UpstreamRejectedError { status }
    ... on UpstreamFailureError { code retryAfterSeconds } }
}`

export function change(name: string, issues: readonly Found[], rest: Record<string, unknown> = {}, by = mira()) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  const input = ['unresolveIssues', 'markIssuesReviewed'].includes(name) ? 'IssueIdsInput' : type
  return by.ask(`mutation ($input: ${input}!) { ${name}(input: $input) { clientMutationId ${results} } }`, {
    input: { issueIds: issues.map(({ id }) => id), ...rest },
  })
}

export const writesOf = ({ requests }: Pick<Answer | Sandbox, 'requests'>) =>
  requests.filter(({ method }) => method !== 'GET')
