import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let astrid: Asker
let organizations: { id: string; slug: string; region: string }[]

beforeAll(async () => {
  // Sentry’s limits are not what this is about.
  graph = await startGraph({ rateLimit: false })
  astrid = graph.signIn('astrid')
  const listed: { id: string; slug: string; links: { regionUrl: string } }[] = await graph.wire(
    'astrid',
    'organizations/',
  )
  organizations = listed.map(({ id, slug, links }) => ({ id, slug, region: links.regionUrl }))
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

interface Issue {
  id: string
  lastSeen: string
  count: string
}

/** The newest issues of each organization as Sentry itself answers them, merged: the newest first. */
async function expectedIssues(slugs: readonly string[], most: number): Promise<string[]> {
  const lists = await Promise.all(
    slugs.map(
      async (slug): Promise<Issue[]> =>
        await graph.wire('astrid', `organizations/${slug}/issues/?query=&limit=100&project=-1`),
    ),
  )
  const all = lists.flatMap((issues, index) => issues.map((issue) => ({ ...issue, slug: slugs[index] })))
  // Of those last seen in one second, Sentry knows the order inside an organization; tests compare by the second.
  return all
    .toSorted((one, other) => Date.parse(other.lastSeen) - Date.parse(one.lastSeen))
    .slice(0, most)
    .map(({ id, slug }) => `${slug}/${id}`)
}

const inbox = `query ($first: Int, $after: String, $filter: IssueFilter, $sort: IssueSort) { viewer {
  issues(first: $first, after: $after, filter: $filter, sort: $sort) {
    nodes { sentryId lastSeen eventCount organization { slug } }
    edges { cursor }
    pageInfo { hasNextPage endCursor }
    totalCount totalCountIsCapped
    failures { organization { slug } code message retryAfterSeconds }
  }
} }`

type Node = { sentryId: string; lastSeen: string; eventCount: number; organization: { slug: string } }
const namesOf = (nodes: Node[]) => nodes.map(({ sentryId, organization }) => `${organization.slug}/${sentryId}`)
const isFalling = (values: number[]) =>
  values.every((value, index) => index === 0 || value <= (values[index - 1] ?? Infinity))

describe('viewer.issues', () => {
  test('the first 25 of five organizations in two regions: five calls beside their list', async () => {
    expect(organizations).toHaveLength(5)
    expect(new Set(organizations.map(({ region }) => region)).size).toBe(2)
    const { data, errors, requests, cost } = await astrid.ask(inbox)
    expect(errors).toEqual([])
    const { nodes, failures, pageInfo } = data.viewer.issues
    expect(namesOf(nodes).toSorted()).toEqual(
      (
        await expectedIssues(
          organizations.map(({ slug }) => slug),
          25,
        )
      ).toSorted(),
    )
    expect(isFalling(nodes.map(({ lastSeen }: Node) => Date.parse(lastSeen)))).toBe(true)
    expect({ failures, hasNextPage: pageInfo.hasNextPage }).toEqual({ failures: [], hasNextPage: true })
    expect(requests.filter(({ path }) => path.endsWith('/issues/'))).toHaveLength(5)
    expect(requests).toHaveLength(6)
    expect(cost.estimated).toBe(6)
  })

  test('one region dead: the right first 100 issues of the others, and the dead ones named', async () => {
    graph.sandbox.fault({ host: 'de', path: /issues/ }, 'reset')
    const { data, errors } = await astrid.ask(inbox, { first: 100 })
    expect(errors).toEqual([])
    const isDead = ({ region }: { region: string }) =>
      graph.sandbox.regions.some(({ name, url }) => name === 'de' && url === region)
    const living = organizations.filter((organization) => !isDead(organization)).map(({ slug }) => slug)
    const dead = organizations.filter(isDead).map(({ slug }) => slug)
    expect(dead.length).toBeGreaterThan(0)
    const { nodes, failures, totalCount } = data.viewer.issues
    expect(nodes).toHaveLength(100)
    expect(namesOf(nodes).toSorted()).toEqual((await expectedIssues(living, 100)).toSorted())
    expect(
      failures.map(({ organization }: { organization: { slug: string } }) => organization.slug).toSorted(),
    ).toEqual(dead.toSorted())
    expect(failures[0]).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'Sentry is not available.',
      retryAfterSeconds: null,
    })
    // Of the dead nobody knows how many they have.
    expect(totalCount).toBeNull()
  })

  test('all organizations dead: the error, not an empty list', async () => {
    graph.sandbox.fault({ path: /issues/ }, { status: 429, body: { detail: 'Too frequently.' } })
    const { data, errors } = await astrid.ask(inbox)
    expect(data.viewer.issues).toBeNull()
    expect(errors).toMatchObject([{ path: ['viewer', 'issues'], extensions: { code: 'RATE_LIMITED' } }])
  })

  test('the total is the sum, and the orders by numbers hold across organizations', async () => {
    const { data } = await astrid.ask(inbox, { sort: 'EVENTS', first: 50 })
    expect(isFalling(data.viewer.issues.nodes.map(({ eventCount }: Node) => eventCount))).toBe(true)
    const each = await Promise.all(
      organizations.map(
        async ({ slug }) => await astrid.ask(`{ organization(slug: "${slug}") { issues(first: 1) { totalCount } } }`),
      ),
    )
    const counts: number[] = each.map((answer) => answer.data.organization.issues.totalCount)
    expect(data.viewer.issues.totalCount).toBe(counts.reduce((sum, count) => sum + count, 0))
  })

  test('projectIds choose the organizations that are asked, and what is asked of each', async () => {
    const { data } = await astrid.ask(
      '{ viewer { organizations { nodes { slug projects(first: 2) { nodes { id sentryId } } } } } }',
    )
    const [one, two] = data.viewer.organizations.nodes
    const ids = [...one.projects.nodes, ...two.projects.nodes].map(({ id }: { id: string }) => id)
    const answer = await astrid.ask(inbox, { filter: { projectIds: ids } })
    expect(answer.errors).toEqual([])
    const asked = answer.requests.filter(({ path }) => path.endsWith('/issues/'))
    expect(new Set(asked.map(({ path }) => path.split('/')[4]))).toEqual(new Set([one.slug, two.slug]))
    expect(asked).toHaveLength(2)
    expect(answer.cost.estimated).toBe(3)
  })

  test.each(['TRENDS', 'RECOMMENDED', 'INBOX'])(
    '%s has no order across organizations and is refused before any call',
    async (sort) => {
      const { errors, requests } = await astrid.ask(inbox, { sort })
      expect(errors).toMatchObject([{ path: ['viewer', 'issues'], extensions: { code: 'BAD_USER_INPUT' } }])
      expect(requests).toEqual([])
    },
  )

  test('a cursor of another list is refused before any call', async () => {
    const { data } = await astrid.ask(inbox, { first: 1 })
    const after = data.viewer.issues.pageInfo.endCursor
    const { errors, requests } = await astrid.ask(inbox, { first: 1, after, sort: 'EVENTS' })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toEqual([])
  })

  test('walked in any steps, from any place and through a dead region: every issue once', async () => {
    const filter = { level: ['FATAL'] }
    const whole: string[] = []
    let after: string | null = null
    do {
      const { data } = await astrid.ask(inbox, { first: 100, after, filter })
      whole.push(...namesOf(data.viewer.issues.nodes))
      const { hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string } = data.viewer.issues.pageInfo
      after = hasNextPage ? endCursor : null
    } while (after !== null)
    expect(whole.length).toBeGreaterThan(20)
    expect(new Set(whole).size).toBe(whole.length)

    const steps = fc.array(
      fc.record({ first: fc.integer({ min: 5, max: 40 }), isDown: fc.boolean(), fromMiddle: fc.boolean() }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        expect((await walk(filter, plan)).toSorted()).toEqual(whole.toSorted())
      }),
      { numRuns: 3, endOnFailure: true },
    )
  }, 120_000)
})

async function walk(
  filter: object,
  plan: readonly { first: number; isDown: boolean; fromMiddle: boolean }[],
): Promise<string[]> {
  const walked: string[] = []
  let after: string | null = null
  for (let step = 0; step < 200; step++) {
    const { first, isDown, fromMiddle } = plan[step] ?? { first: 60, isDown: false, fromMiddle: false }
    graph.sandbox.clearFaults()
    if (isDown) graph.sandbox.fault({ host: 'de', path: /issues/ }, 'reset')
    // Another process each time: one would remember for a while that the region was out of reach.
    const { data, errors } = await graph.signIn('astrid').ask(inbox, { first, after, filter })
    expect(errors).toEqual([])
    const { nodes, edges, pageInfo } = data.viewer.issues
    const taken: number = fromMiddle ? Math.ceil(nodes.length / 2) : nodes.length
    walked.push(...namesOf(nodes.slice(0, taken)))
    if (taken === nodes.length && !pageInfo.hasNextPage) return walked
    after = taken === nodes.length ? pageInfo.endCursor : edges[taken - 1].cursor
  }
  throw new Error('The walk does not end.')
}

describe('viewer.projects', () => {
  test('every project once, bookmarked ones first, then by slug', async () => {
    const walked: { slug: string; isBookmarked: boolean; organization: { slug: string } }[] = []
    let after: string | null = null
    do {
      const { data, errors } = await astrid.ask(
        'query ($after: String) { viewer { projects(first: 40, after: $after) { nodes { slug isBookmarked organization { slug } } pageInfo { hasNextPage endCursor } } } }',
        { after },
      )
      expect(errors).toEqual([])
      walked.push(...data.viewer.projects.nodes)
      const { hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string } = data.viewer.projects.pageInfo
      after = hasNextPage ? endCursor : null
    } while (after !== null)
    const keys = walked.map(({ slug, isBookmarked }) => `${isBookmarked ? 0 : 1}${slug}`)
    expect(keys).toEqual(keys.toSorted((one, other) => (one < other ? -1 : 1)))
    const lists = await Promise.all(
      organizations.map(
        async ({ slug }): Promise<{ slug: string }[]> =>
          await Promise.all(
            [0, 100, 200, 300, 400].map((offset) =>
              graph.wire('astrid', `organizations/${slug}/projects/?per_page=100&cursor=0:${offset}:0`),
            ),
          ).then((pages) => pages.flat()),
      ),
    )
    const all = lists.flatMap((projects, index) =>
      projects.map((project) => `${organizations[index]?.slug}/${project.slug}`),
    )
    expect(walked.map(({ slug, organization }) => `${organization.slug}/${slug}`).toSorted()).toEqual(all.toSorted())
  })
})

describe('viewer.releases', () => {
  test('the newest of all organizations, in order', async () => {
    const { data, errors, requests } = await astrid.ask(
      '{ viewer { releases(first: 30) { nodes { version dateCreated organization { slug } } failures { code } totalCount } } }',
    )
    expect(errors).toEqual([])
    const { nodes } = data.viewer.releases
    expect(isFalling(nodes.map(({ dateCreated }: { dateCreated: string }) => Date.parse(dateCreated)))).toBe(true)
    const lists = await Promise.all(
      organizations.map(async ({ slug }): Promise<{ version: string; dateCreated: string }[]> => {
        const releases: { version: string; dateCreated: string }[] = await graph.wire(
          'astrid',
          `organizations/${slug}/releases/?per_page=30&project=-1`,
        )
        return releases.map((release) => ({ ...release, version: `${slug}/${release.version}` }))
      }),
    )
    const expected = lists
      .flat()
      .toSorted((one, other) => Date.parse(other.dateCreated) - Date.parse(one.dateCreated))
      .slice(0, 30)
    const versions = nodes.map(
      ({ version, organization }: { version: string; organization: { slug: string } }) =>
        `${organization.slug}/${version}`,
    )
    expect(versions.toSorted()).toEqual(expected.map(({ version }) => version).toSorted())
    expect(requests).toHaveLength(6)
  })
})
