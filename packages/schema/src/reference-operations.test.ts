import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNaiveClient, type NaiveClient } from '../test/naive-client.ts'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
/** Whose header has been shown already: the gateway remembers their organizations for a while. */
let warm: Asker
let naive: NaiveClient

const slug = 'northstar-retail'
const org = `organizations/${slug}`
const day = 'range: { last: "24h" }'
const header = `{ viewer { user { name } organizations { nodes { name slug avatarUrl } } issues(first: 1) { nodes { id } } } organization(slug: "${slug}") { id } }`

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  warm = graph.signIn('astrid', { fresh: false })
  await warm.ask(header)
  naive = createNaiveClient(graph, 'astrid')
})

afterAll(() => graph.close())

/** Calls for an answer without errors, which were not more than estimated. */
async function countCalls(asker: Asker, document: string, variables: Record<string, unknown> = {}): Promise<number> {
  const { errors, cost } = await asker.ask(document, variables)
  expect(errors).toEqual([])
  expect(cost.estimated).toBeGreaterThanOrEqual(cost.upstreamCalls)
  return cost.upstreamCalls
}

interface Named {
  id: string
  slug: string
}

describe('what each operation costs Sentry, and what a client costs that asks REST as its manual shows', () => {
  test('the header: nothing when it was shown before', async () => {
    const document = '{ viewer { user { name } organizations { nodes { name slug avatarUrl } } } }'
    const regions = await naive.count(async (get) => {
      const { regions: found }: { regions: { url: string }[] } = await get('users/me/regions/')
      for (const { url } of found) await get('organizations/', url)
    })
    expect([await countCalls(warm, document), await countCalls(graph.signIn('astrid'), document), regions]).toEqual([
      0, 1, 3,
    ])
  })

  test('the grid of 24 of 400 projects', async () => {
    const ours = await countCalls(
      warm,
      `{ organization(slug: "${slug}") { projects(first: 24) { nodes {
        name teams { name } errorSeries(${day}) { points { at value } } errorCount(${day}) crashFreeRate(${day}) { sessions users } activeIssueCount(${day})
      } } } }`,
    )
    const theirs = await naive.count(async (get) => {
      const projects: Named[] = await get(`${org}/projects/?per_page=24`)
      for (const { id } of projects) {
        await get(`${org}/events-timeseries/?dataset=errors&project=${id}&statsPeriod=24h`)
        await get(`${org}/stats_v2/?project=${id}&field=sum(quantity)&category=error&groupBy=outcome&statsPeriod=24h`)
        await get(`${org}/sessions/?project=${id}&field=crash_free_rate(session)&statsPeriod=24h`)
        await get(`${org}/events/?dataset=errors&project=${id}&field=count_unique(issue)&statsPeriod=24h`)
      }
    })
    expect([ours, theirs]).toEqual([7, 97])
  })

  test('25 issues with their trends, assignees and projects', async () => {
    const ours = await countCalls(
      warm,
      `{ organization(slug: "${slug}") { issues(first: 25) { nodes {
        title trend { points { at value } } assignee { ... on Principal { name } } project { name platform }
      } } } }`,
    )
    const theirs = await naive.count(async (get) => {
      const issues: Named[] = await get(`${org}/issues/?query=&limit=25&project=-1&collapse=stats`)
      for (const { id } of issues) await get(`${org}/issues/${id}/`)
    })
    expect([ours, theirs]).toEqual([1, 26])
  })

  test('the page of an issue', async () => {
    const { data } = await warm.ask(`{ organization(slug: "${slug}") { issues(first: 1) { nodes { id sentryId } } } }`)
    const [issue] = data.organization.issues.nodes
    const tags: { key: string }[] = await graph.wire('astrid', `${org}/issues/${issue.sentryId}/tags/`)
    const keys = tags.slice(0, 4).map(({ key }) => key)
    const ours = await countCalls(
      graph.signIn('astrid'),
      `query ($id: ID!, $keys: [String!]!) { node(id: $id) { ... on Issue {
        title status trend { points { value } }
        event { title exceptions { stackTrace { frames { function } } } breadcrumbs { message } }
        tags(keys: $keys) { key topValues { value count } }
        activity { type at }
      } } }`,
      { id: issue.id, keys },
    )
    const theirs = await naive.count(async (get) => {
      await get(`${org}/issues/${issue.sentryId}/`)
      await get(`${org}/issues/${issue.sentryId}/events/recommended/`)
      await get(`${org}/issues/${issue.sentryId}/tags/`)
      for (const key of keys) await get(`${org}/issues/${issue.sentryId}/tags/${key}/`)
    })
    expect([ours, theirs]).toEqual([6, 7])
  })

  test('the inbox of five organizations, its first 25', async () => {
    const document = '{ viewer { issues(first: 25) { nodes { title lastSeen project { name } } failures { code } } } }'
    const theirs = await naive.count(async (get) => {
      const organizations: Named[] = await get('organizations/')
      for (const organization of organizations)
        await get(`organizations/${organization.slug}/issues/?query=&limit=25&project=-1`)
    })
    expect([await countCalls(warm, document), await countCalls(graph.signIn('astrid'), document), theirs]).toEqual([
      5, 6, 6,
    ])
  })

  test('the page of a release', async () => {
    const { data } = await warm.ask(`{ organization(slug: "${slug}") { releases(first: 1) { nodes { version } } } }`)
    const [{ version }] = data.organization.releases.nodes
    const ours = await countCalls(
      warm,
      `query ($version: String!, $filter: IssueFilter!) { organization(slug: "${slug}") {
        release(version: $version) {
          version dateCreated projects { project { name } newIssueCount health { crashFreeSessions adoption } }
          deploys { nodes { environment dateFinished } } commits { nodes { message } }
        }
        issues(filter: $filter) { nodes { title } }
      } }`,
      { version, filter: { query: `firstRelease:"${version}"` } },
    )
    const path = `${org}/releases/${encodeURIComponent(version)}/`
    const theirs = await naive.count(async (get) => {
      await get(path)
      await get(`${path}?health=1`)
      await get(`${path}deploys/`)
      await get(`${path}commits/`)
      await get(`${org}/issues/?query=${encodeURIComponent(`firstRelease:"${version}"`)}&project=-1`)
    })
    expect([ours, theirs]).toEqual([4, 5])
  })

  test('the chart of 14 days of usage', async () => {
    const ours = await countCalls(
      warm,
      `{ organization(slug: "${slug}") { usage(range: { last: "14d" }) { groups { category outcome total series { points { value } } } } } }`,
    )
    const theirs = await naive.count(async (get) => {
      for (const category of ['error', 'transaction', 'attachment', 'replay', 'monitor']) {
        await get(
          `${org}/stats_v2/?category=${category}&groupBy=outcome&field=sum(quantity)&statsPeriod=14d&interval=1d`,
        )
      }
    })
    expect([ours, theirs]).toEqual([1, 5])
  })
})
