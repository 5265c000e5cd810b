import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Asker, type Graph, startGraph } from '../test/graph.ts'

const readsAndWrites = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read', 'event:write']

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira', { scopes: readsAndWrites })
})
afterEach(() => {
  graph.sandbox.clearFaults()
  for (const host of graph.sandbox.hostsDown) graph.sandbox.bringUp(host)
})
afterAll(() => graph.close())

interface Found {
  id: string
  sentryId: string
  organization: { slug: string }
}

/** Unresolved errors of each of Mira’s organizations, by its slug. */
async function findIssues(first = 4): Promise<Record<string, Found[]>> {
  const { data } = await mira.ask(`{
    viewer { organizations { nodes { slug
      issues(first: ${first}, filter: { status: [UNRESOLVED], query: "issue.category:error" }) {
        nodes { id sentryId organization { slug } }
      }
    } } }
  }`)
  const organizations: { slug: string; issues: { nodes: Found[] } }[] = data.viewer.organizations.nodes
  return Object.fromEntries(organizations.map(({ slug, issues }) => [slug, issues.nodes]))
}

async function someIssue(slug = 'lumen-freight'): Promise<Found> {
  const [issue] = (await findIssues())[slug] ?? []
  if (!issue) throw new Error(`${slug} has no unresolved error`)
  return issue
}

/** The issue as Sentry itself has it. */
const wire = ({ organization, sentryId }: Found) =>
  graph.wire('mira', `organizations/${organization.slug}/issues/${sentryId}/`)

const results = `results {
  issueId outcome
  issue { id status substatus isBookmarked isSubscribed assignee { ... on User { sentryId } ... on Team { name } } }
  error { __typename ... on UserError { message } ... on MissingScopeError { requiredScope } ... on UpstreamRejectedError { status }
    ... on UpstreamFailureError { code retryAfterSeconds } }
}`

function change(name: string, issues: readonly Found[], rest: Record<string, unknown> = {}, asker = mira) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  const input = ['unresolveIssues', 'markIssuesReviewed'].includes(name) ? 'IssueIdsInput' : type
  return asker.ask(`mutation ($input: ${input}!) { ${name}(input: $input) { clientMutationId ${results} } }`, {
    input: { issueIds: issues.map(({ id }) => id), ...rest },
  })
}

const writesOf = ({ requests }: Answer) => requests.filter(({ method }) => method !== 'GET')

/** Issues that wait for review, as Sentry itself lists them. */
const waiting = async (): Promise<{ id: string; shortId: string }[]> =>
  await graph.wire('mira', 'organizations/lumen-freight/issues/?project=-1&query=is:for_review')

describe('a change', () => {
  test.each([
    ['resolveIssues', {}, { status: 'resolved', statusDetails: {} }, { status: 'RESOLVED' }],
    [
      'resolveIssues',
      { inNextRelease: true },
      { status: 'resolved', statusDetails: { inNextRelease: true } },
      { status: 'RESOLVED' },
    ],
    [
      'resolveIssues',
      { inRelease: 'latest' },
      { statusDetails: { inRelease: expect.stringMatching(/./) } },
      { status: 'RESOLVED' },
    ],
    ['unresolveIssues', {}, { status: 'unresolved', substatus: 'ongoing' }, { status: 'UNRESOLVED' }],
    [
      'archiveIssues',
      {},
      { status: 'ignored', substatus: 'archived_forever', statusDetails: {} },
      { status: 'ARCHIVED', substatus: 'ARCHIVED_FOREVER' },
    ],
    [
      'archiveIssues',
      { until: { escalating: true } },
      { substatus: 'archived_until_escalating', statusDetails: { ignoreUntilEscalating: true } },
      { substatus: 'ARCHIVED_UNTIL_ESCALATING' },
    ],
    [
      'archiveIssues',
      { until: { minutes: 60 } },
      { substatus: 'archived_until_condition_met', statusDetails: { ignoreUntil: '2026-11-24T11:00:00Z' } },
      { substatus: 'ARCHIVED_UNTIL_CONDITION_MET' },
    ],
    [
      'archiveIssues',
      { until: { events: { count: 9, withinMinutes: 30 } } },
      { statusDetails: { ignoreCount: 9, ignoreWindow: 30 } },
      { status: 'ARCHIVED' },
    ],
    [
      'archiveIssues',
      { until: { users: { count: 7 } } },
      { statusDetails: { ignoreUserCount: 7, ignoreUserWindow: null } },
      { status: 'ARCHIVED' },
    ],
    ['markIssuesReviewed', {}, {}, {}],
    ['bookmarkIssues', { isBookmarked: true }, { isBookmarked: true }, { isBookmarked: true }],
    ['subscribeToIssues', { isSubscribed: true }, { isSubscribed: true }, { isSubscribed: true }],
    ['subscribeToIssues', { isSubscribed: false }, { isSubscribed: false }, { isSubscribed: false }],
  ])('%s %j is at Sentry what it says, and is read again after it', async (name, input, atSentry, inGraph) => {
    const issue = await someIssue()
    const answer = await change(name, [issue], { ...input, clientMutationId: 'mine' })
    expect(answer.errors).toEqual([])
    expect(answer.data[name]).toMatchObject({
      clientMutationId: 'mine',
      results: [{ issueId: issue.id, outcome: 'CHANGED', error: null, issue: { id: issue.id, ...inGraph } }],
    })
    expect(answer.requests.map(({ method }) => method)).toEqual(['PUT', 'GET'])
    expect(await wire(issue)).toMatchObject(atSentry)
    await change('unresolveIssues', [issue])
  })

  test('takes an issue out of what waits for review', async () => {
    const [first] = await waiting()
    if (!first) throw new Error('No issue waits for review')
    const { data } = await mira.ask(
      `{ organization(slug: "lumen-freight") { issue(shortId: "${first.shortId}") { id sentryId organization { slug } } } }`,
    )
    const { issue }: { issue: Found } = data.organization
    expect(issue.sentryId).toBe(first.id)
    await change('markIssuesReviewed', [issue])
    expect((await waiting()).map(({ id }) => id)).not.toContain(first.id)
  })

  test('gives an issue to the viewer, to a team, and to nobody', async () => {
    const issue = await someIssue()
    const { data } = await mira.ask(`{
      viewer { user { id sentryId } }
      node(id: "${issue.id}") { ... on Issue { project { teams { id slug sentryId } } } }
    }`)
    const { user } = data.viewer
    const [team] = data.node.project.teams
    const assign = async (assigneeId: string | null) => (await change('assignIssues', [issue], { assigneeId })).data
    expect((await assign(user.id)).assignIssues.results).toMatchObject([
      { outcome: 'CHANGED', issue: { assignee: { sentryId: user.sentryId } } },
    ])
    expect((await wire(issue)).assignedTo).toMatchObject({ type: 'user', id: user.sentryId })
    expect((await assign(team.id)).assignIssues.results).toMatchObject([{ issue: { assignee: { name: team.slug } } }])
    expect((await wire(issue)).assignedTo).toMatchObject({ type: 'team', id: team.sentryId })
    expect((await assign(null)).assignIssues.results).toMatchObject([{ outcome: 'CHANGED', issue: { assignee: null } }])
    expect((await wire(issue)).assignedTo).toBeNull()
  })

  test('writes a comment', async () => {
    const issue = await someIssue()
    const before = await wire(issue)
    const answer = await mira.ask(
      `mutation ($input: CommentOnIssueInput!) {
        commentOnIssue(input: $input) { clientMutationId result { outcome issue { commentCount } error { __typename } } }
      }`,
      { input: { issueId: issue.id, text: 'Fixed in the next build', clientMutationId: 'c' } },
    )
    expect(answer.data.commentOnIssue).toEqual({
      clientMutationId: 'c',
      result: { outcome: 'CHANGED', issue: { commentCount: before.numComments + 1 }, error: null },
    })
    const notes = await graph.wire('mira', `organizations/${issue.organization.slug}/issues/${issue.sentryId}/notes/`)
    expect(notes).toContainEqual(expect.objectContaining({ data: { text: 'Fixed in the next build' } }))
    expect(writesOf(answer)).toHaveLength(1)
  })

  test('leaves the other issues as they are', async () => {
    const [issue, other] = (await findIssues())['lumen-freight'] ?? []
    if (!issue || !other) throw new Error('Two issues are needed')
    await change('resolveIssues', [issue])
    expect(await wire(other)).toMatchObject({ status: 'unresolved' })
    await change('unresolveIssues', [issue])
  })
})

describe('many issues at once', () => {
  test('cost one call and one to read them per organization, which asks only for what is selected', async () => {
    const issues = Object.values(await findIssues(3)).flat()
    const organizations = new Set(issues.map(({ organization }) => organization.slug))
    expect(organizations.size).toBe(3)
    const answer = await mira.ask(
      `mutation ($ids: [ID!]!) { resolveIssues(input: { issueIds: $ids }) { results { issue { id status } } } }`,
      { ids: [...issues, ...issues].map(({ id }) => id) },
    )
    expect(answer.data.resolveIssues.results).toEqual(issues.map(({ id }) => ({ issue: { id, status: 'RESOLVED' } })))
    expect(writesOf(answer)).toHaveLength(3)
    expect(answer.requests).toHaveLength(6)
    expect(answer.cost.estimated).toBe(6)
    const reads = answer.requests.filter(({ method }) => method === 'GET')
    for (const { query } of reads) expect(new URLSearchParams(query).getAll('collapse')).toContain('stats')
    for (const issue of issues) expect(await wire(issue)).toMatchObject({ status: 'resolved' })
    const numbers = await change('unresolveIssues', issues)
    expect(numbers.data.unresolveIssues.results).toHaveLength(issues.length)
  })

  test('one that leads nowhere is told, in its place', async () => {
    const [first, second] = (await findIssues())['lumen-freight'] ?? []
    if (!first || !second) throw new Error('Two issues are needed')
    const gone = { ...first, id: Buffer.from(atob(first.id).replace(/\d+$/, '6999999999')).toString('base64url') }
    const { data } = await change('resolveIssues', [first, gone, second])
    expect(data.resolveIssues.results).toMatchObject([
      { issueId: first.id, outcome: 'CHANGED' },
      { issueId: gone.id, outcome: 'REFUSED', issue: null, error: { __typename: 'NotFoundError' } },
      { issueId: second.id, outcome: 'CHANGED' },
    ])
    const alone = await change('resolveIssues', [gone])
    expect(alone.data.resolveIssues.results).toMatchObject([{ error: { __typename: 'NotFoundError' } }])
    await change('unresolveIssues', [first, second])
  })

  test('the issues of a region that is down are told, those of the other are changed', async () => {
    const issues = Object.values(await findIssues(2)).flat()
    graph.sandbox.takeDown('de')
    const { data, errors } = await change('resolveIssues', issues)
    graph.sandbox.bringUp('de')
    expect(errors).toEqual([])
    const byOutcome = Object.groupBy(data.resolveIssues.results, ({ outcome }: { outcome: string }) => outcome)
    expect(byOutcome['UNKNOWN']).toHaveLength(2)
    expect(byOutcome['CHANGED']).toHaveLength(issues.length - 2)
    expect(byOutcome['UNKNOWN']).toMatchObject([
      { issue: null, error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' } },
      { issue: null, error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' } },
    ])
    const statuses = await Promise.all(issues.map(async (issue) => (await wire(issue)).status as string))
    const told = data.resolveIssues.results.map(({ outcome }: { outcome: string }) =>
      outcome === 'CHANGED' ? 'resolved' : 'unresolved',
    )
    expect(statuses).toEqual(told)
    await change('unresolveIssues', issues)
  })
})

describe('what Sentry or the sign-in does not allow', () => {
  test('a session without the scope is told so, and Sentry is not asked', async () => {
    const issue = await someIssue()
    const reader = graph.signIn('mira')
    const answer = await change('resolveIssues', [issue], {}, reader)
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { __typename: 'MissingScopeError', requiredScope: 'event:write' } },
    ])
    expect(answer.requests).toEqual([])
  })

  test('a scope that Sentry misses is told too', async () => {
    const issue = await someIssue()
    graph.sandbox.fault(
      { method: 'PUT' },
      {
        status: 403,
        body: { detail: 'You do not have permission to perform this action.' },
        headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="event:admin event:write"' },
      },
    )
    const { data } = await change('resolveIssues', [issue])
    expect(data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { __typename: 'MissingScopeError', requiredScope: 'event:write' } },
    ])
  })

  test('a change that Sentry does not take is told with its status', async () => {
    const issue = await someIssue()
    const { data } = await change('resolveIssues', [issue], { inRelease: 'none@1' })
    expect(data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', issue: null, error: { __typename: 'UpstreamRejectedError', status: 400 } },
    ])
    expect(await wire(issue)).toMatchObject({ status: 'unresolved' })
  })

  test('who is asked too often is told when to try again', async () => {
    const issue = await someIssue()
    graph.sandbox.fault({ method: 'PUT' }, { rateLimited: 30 })
    const answer = await change('resolveIssues', [issue])
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } },
    ])
    expect(writesOf(answer)).toHaveLength(1)
  })

  test.each([
    ['no ids', 'resolveIssues(input: { issueIds: [] })'],
    ['an id of something else', 'resolveIssues(input: { issueIds: ["MTpWaWV3ZXI6OjE"] })'],
    ['two releases', 'resolveIssues(input: { issueIds: [$id], inNextRelease: true, inRelease: "a" })'],
    ['an empty release', 'resolveIssues(input: { issueIds: [$id], inRelease: " " })'],
    ['no assignee', 'assignIssues(input: { issueIds: [$id] })'],
    ['an assignee of another kind', 'assignIssues(input: { issueIds: [$id], assigneeId: $id })'],
    ['a time of no length', 'archiveIssues(input: { issueIds: [$id], until: { minutes: 0 } })'],
    [
      'too long a window',
      'archiveIssues(input: { issueIds: [$id], until: { events: { count: 1, withinMinutes: 10081 } } })',
    ],
    ['not until escalating', 'archiveIssues(input: { issueIds: [$id], until: { escalating: false } })'],
  ])('%s is refused before any call', async (_, mutation) => {
    const { id } = await someIssue()
    const use = mutation.includes('$id') ? mutation : `${mutation} { clientMutationId } again: ${mutation}`
    const declared = mutation.includes('$id') ? '($id: ID!)' : ''
    const answer = await mira.ask(`mutation ${declared} { ${use} { clientMutationId } }`, { id })
    expect(answer.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
    expect(answer.requests).toEqual([])
  })
})

describe('a write', () => {
  test.each(['reset', 'lost', 'silence'] as const)('is sent once when the connection fails (%s)', async (fault) => {
    const issue = await someIssue()
    graph.sandbox.fault({ method: 'PUT' }, fault)
    const asker = graph.signIn('mira', { scopes: readsAndWrites, timeout: 1500 })
    const answer = await change('resolveIssues', [issue], {}, asker)
    expect(answer.data.resolveIssues.results).toMatchObject([
      { outcome: 'UNKNOWN', issue: null, error: { __typename: 'UpstreamFailureError' } },
    ])
    expect(writesOf(answer)).toHaveLength(1)
    // What was lost on the way back has been done.
    expect((await wire(issue)).status).toBe(fault === 'lost' ? 'resolved' : 'unresolved')
    graph.sandbox.clearFaults()
    await change('unresolveIssues', [issue])
  })

  test(
    'that was not sent, because its host is taken for dead, is told to be refused',
    { timeout: 30_000 },
    async () => {
      const issue = await someIssue()
      const asker = graph.signIn('mira', { scopes: readsAndWrites })
      graph.sandbox.fault({ method: 'PUT' }, { status: 503 })
      const resolve = () => change('resolveIssues', [issue], {}, asker)
      let answer = await resolve()
      // It takes a while until an outage is taken for one.
      for (; writesOf(answer).length > 0; answer = await resolve()) {
        expect(answer.data.resolveIssues.results).toMatchObject([{ outcome: 'UNKNOWN' }])
      }
      graph.sandbox.clearFaults()
      expect(answer.data.resolveIssues.results).toMatchObject([
        {
          outcome: 'REFUSED',
          issue: null,
          error: { __typename: 'UpstreamFailureError', code: 'UPSTREAM_UNAVAILABLE' },
        },
      ])
      expect(answer.requests).toEqual([])
      expect((await wire(issue)).status).toBe('unresolved')
    },
  )

  test('whose effect cannot be read is not told to have worked', async () => {
    const issue = await someIssue()
    graph.sandbox.fault({ method: 'GET' }, { status: 400, body: {} })
    const { data } = await change('resolveIssues', [issue])
    graph.sandbox.clearFaults()
    expect(data.resolveIssues.results).toMatchObject([{ outcome: 'UNKNOWN', issue: null }])
    await change('unresolveIssues', [issue])
  })

  test('that is submitted twice is done twice, and ends the same', async () => {
    const issue = await someIssue()
    const answers = await Promise.all([change('resolveIssues', [issue]), change('resolveIssues', [issue])])
    for (const { data } of answers) expect(data.resolveIssues.results).toMatchObject([{ outcome: 'CHANGED' }])
    expect(await wire(issue)).toMatchObject({ status: 'resolved' })
    await change('unresolveIssues', [issue])
  })

  test('is followed by a fresh answer where the same operation has read before', async () => {
    const issue = await someIssue()
    const { data, requests } = await mira.ask(
      `mutation ($ids: [ID!]!) {
        first: bookmarkIssues(input: { issueIds: $ids, isBookmarked: true }) { results { issue { isBookmarked } } }
        second: bookmarkIssues(input: { issueIds: $ids, isBookmarked: false }) { results { issue { isBookmarked } } }
      }`,
      { ids: [issue.id] },
    )
    expect(data).toEqual({
      first: { results: [{ issue: { isBookmarked: true } }] },
      second: { results: [{ issue: { isBookmarked: false } }] },
    })
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT', 'GET'])
  })
})
