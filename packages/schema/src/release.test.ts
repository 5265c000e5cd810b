import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'
import { everything, findRichRelease, wireReleases } from '../test/releases.ts'
import { encodeGlobalId } from './global-id.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const org = 'organizations/lumen-freight'

const askIn = (fields: string, variables: Record<string, unknown> = {}, declared = '') =>
  mira.ask(`query${declared} { organization(slug: "lumen-freight") { ${fields} } }`, variables)

describe('one release', () => {
  test('its page, with deploys, commits, health and new issues: four calls', async () => {
    const { globalId, ...wire } = await findRichRelease(graph)
    const { data, errors, requests } = await mira.ask(
      `query ($id: ID!, $new: String!) { node(id: $id) { ... on Release {
        ${everything}
        health: projects { health { crashFreeSessions crashFreeUsers adoption sessionCount userCount } }
        deploys(first: 10) { totalCount nodes { id environment dateFinished } }
        commits(first: 25) { nodes { id sha message author { name email user { id } } dateCreated repositoryName } }
        organization { issues(first: 25, filter: { query: $new }) { nodes { shortId title } totalCount } }
      } } }`,
      { id: globalId, new: `firstRelease:"${wire.version}"` },
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(4)
    const path = `${org}/releases/${encodeURIComponent(wire.version)}`
    const { node } = data
    expect(node).toMatchObject({ version: wire.version, newIssueCount: wire.newGroups, commitCount: wire.commitCount })
    expect(node.deploys.nodes).toHaveLength(wire.deployCount)
    const deploys = await graph.wire('mira', `${path}/deploys/`)
    expect(node.deploys.nodes.map(({ environment }: { environment: string }) => environment)).toEqual(
      deploys.map(({ environment }: { environment: string }) => environment),
    )
    const commits = await graph.wire('mira', `${path}/commits/?per_page=25`)
    expect(node.commits.nodes.map(({ sha }: { sha: string }) => sha)).toEqual(
      commits.map(({ id }: { id: string }) => id),
    )
    expect(node.commits.nodes).toHaveLength(wire.commitCount)
    expect(node.organization.issues.nodes).toHaveLength(wire.newGroups)
    const [{ health }] = node.health
    const measured = wire.projects[0]?.healthData ?? {}
    expect(health.sessionCount).toBe(measured['totalSessions'])
    expect(health.userCount).toBe(measured['totalUsers'])
    // Sentry says it in percent here.
    expect(health.crashFreeSessions * 100).toBeCloseTo(measured['crashFreeSessions'] ?? Number.NaN, 9)
    expect(health.adoption * 100).toBeCloseTo(measured['adoption'] ?? Number.NaN, 9)
  })

  test('by its version, which is one part of the path whatever it holds: one call', async () => {
    const { version, globalId } = await findRichRelease(graph)
    const { data, errors, requests } = await askIn(
      'release(version: $version) { id version }',
      { version },
      '($version: String!)',
    )
    expect(errors).toEqual([])
    expect(data.organization.release).toEqual({ id: globalId, version })
    expect(requests).toHaveLength(2)
    const odd = await askIn('release(version: "a@1.0+2/../../projects") { id }')
    expect(odd.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect(odd.requests[1]?.path).toContain('/releases/a%401.0%2B2%2F..%2F..%2Fprojects/')
  })

  test.each(['', '.', '..', 'x'.repeat(300)])(
    'a version that cannot be one is refused before any call: %s',
    async (version) => {
      const { data, errors, requests } = await askIn(
        'release(version: $version) { id }',
        { version },
        '($version: String!)',
      )
      expect(data.organization.release).toBeNull()
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
      expect(requests).toHaveLength(1)
    },
  )

  test('several by their ids, one of them gone', async () => {
    const [one, two] = await wireReleases(graph)
    const { id } = await graph.wire('mira', `${org}/`)
    const ids = [one?.version ?? '', 'gone@1', two?.version ?? ''].map((version) =>
      encodeGlobalId({ kind: 'Release', organizationId: id, id: version }),
    )
    const { data, errors, requests } = await mira.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Release { newIssueCount organization { slug } } } }',
      { ids },
    )
    expect(data.nodes).toMatchObject([
      { id: ids[0], newIssueCount: one?.newGroups, organization: { slug: 'lumen-freight' } },
      null,
      { id: ids[2], newIssueCount: two?.newGroups },
    ])
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'NOT_FOUND' } }])
    // Each release, and their organization.
    expect(requests).toHaveLength(4)
  })
})

describe('the health of several releases', () => {
  const health =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Release { version projects { health { sessionCount adoption } } } } }'

  /** Of a few releases Sentry is asked with their health; of more by one call for the health of all. */
  test.each([
    [2, 0],
    [6, 1],
  ])('of %i found by their ids: %i more calls', async (count, more) => {
    const { id } = await graph.wire('mira', `${org}/`)
    const newest = (await wireReleases(graph, '&health=1'))
      .filter(({ projects: [project] }) => project?.healthData)
      .slice(0, count)
    const ids = newest.map(({ version }) => encodeGlobalId({ kind: 'Release', organizationId: id, id: version }))
    const { data, errors, requests } = await mira.ask(health, { ids })
    expect(errors).toEqual([])
    expect(requests).toHaveLength(count + more)
    type Found = { version: string; projects: { health: { sessionCount: number; adoption: number | null } | null }[] }
    const found: Found[] = data.nodes
    expect(found.map(({ projects: [project] }) => project?.health?.sessionCount ?? 0)).toEqual(
      newest.map(({ projects: [project] }) => project?.healthData?.['totalSessions']),
    )
    expect(found.some(({ projects: [project] }) => typeof project?.health?.adoption === 'number')).toBe(more === 0)
  })
})

describe('what Sentry may send', () => {
  test('commits of nobody, and deploys without a time', async () => {
    const { version } = await findRichRelease(graph)
    graph.sandbox.fault(
      { path: /\/commits\/$/ },
      {
        status: 200,
        body: [
          { id: 'abc', message: null, author: {}, repository: null, dateCreated: 'soon' },
          { id: 7, author: null },
          { id: 'def', author: { name: 'Nell', email: 'nell@northquay.example' }, repository: { name: 'acme/web' } },
        ],
      },
    )
    graph.sandbox.fault(
      { path: /\/deploys\/$/ },
      { status: 200, body: [{ id: 1, environment: null, url: 'javascript:alert(1)' }] },
    )
    const { data, errors } = await askIn(
      'release(version: $version) { commits { nodes { sha message author { name email user { id } } repositoryName dateCreated } } deploys { nodes { environment url dateFinished } } }',
      { version },
      '($version: String!)',
    )
    expect(errors).toEqual([])
    const { commits, deploys } = data.organization.release
    expect(commits.nodes).toEqual([
      {
        sha: 'abc',
        message: null,
        author: { name: null, email: null, user: null },
        repositoryName: null,
        dateCreated: null,
      },
      { sha: '7', message: null, author: null, repositoryName: null, dateCreated: null },
      {
        sha: 'def',
        message: null,
        author: { name: 'Nell', email: 'nell@northquay.example', user: null },
        repositoryName: 'acme/web',
        dateCreated: null,
      },
    ])
    expect(deploys.nodes).toEqual([{ environment: null, url: null, dateFinished: null }])
  })

  test('a cursor of another release’s commits, or of no list at all, is refused', async () => {
    const { version } = await findRichRelease(graph)
    const page =
      'release(version: $version) { commits(first: 1, after: $after) { nodes { sha } pageInfo { endCursor } } }'
    const declared = '($version: String!, $after: String)'
    const { data } = await askIn(page, { version }, declared)
    const after = data.organization.release.commits.pageInfo.endCursor
    const other = (await wireReleases(graph)).find((release) => release.version !== version)?.version
    for (const foreign of [
      { version: other, after },
      { version, after: 'nonsense' },
    ]) {
      const answer = await askIn(page, foreign, declared)
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    }
  })

  test('its deploys fail alone', async () => {
    const { version } = await findRichRelease(graph)
    graph.sandbox.fault({ path: /\/deploys\/$/ }, { status: 403, body: { detail: 'No.' } })
    const { data, errors } = await askIn(
      'release(version: $version) { version deploys { totalCount } commits(first: 1) { nodes { sha } } }',
      { version },
      '($version: String!)',
    )
    expect(data.organization.release).toMatchObject({
      version,
      deploys: null,
      commits: { nodes: [{ sha: expect.any(String) }] },
    })
    expect(errors).toMatchObject([{ path: ['organization', 'release', 'deploys'], extensions: { code: 'FORBIDDEN' } }])
  })
})
