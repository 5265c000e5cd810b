import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'
import { everything, wireReleases } from '../test/releases.ts'

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

const versions = (list: { version: string }[]) => list.map(({ version }) => version)

describe('a list of releases', () => {
  test('everything that releases carry: one call, in Sentry’s order and with Sentry’s numbers', async () => {
    const { data, errors, requests } = await askIn(
      `releases(first: 100) { totalCount nodes { permalink ${everything} } }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const wire = await wireReleases(graph)
    expect(wire.length).toBeGreaterThan(50)
    expect(data.organization.releases.nodes.map(summarize)).toEqual(
      wire.map((release) => ({
        version: release.version,
        shortVersion: release.shortVersion,
        dateCreated: Date.parse(release.dateCreated),
        newIssueCount: release.newGroups,
        commitCount: release.commitCount,
        deployCount: release.deployCount,
        emails: release.authors.map(({ email }) => email),
        users: release.authors.map(({ id = null }) => id),
        projects: release.projects.map(({ id, newGroups }) => [String(id), newGroups]),
        lastDeploy: release.lastDeploy?.environment ?? null,
      })),
    )
  })

  interface Listed {
    version: string
    shortVersion: string
    dateCreated: string
    newIssueCount: number
    commitCount: number
    deployCount: number
    authors: { email: string; user: { sentryId: string } | null }[]
    projects: { newIssueCount: number; project: { sentryId: string } }[]
    lastDeploy: { environment: string } | null
  }

  function summarize({ authors, projects, lastDeploy, dateCreated, ...release }: Listed) {
    const { version, shortVersion, newIssueCount, commitCount, deployCount } = release
    return {
      version,
      shortVersion,
      dateCreated: Date.parse(dateCreated),
      newIssueCount,
      commitCount,
      deployCount,
      emails: authors.map(({ email }) => email),
      users: authors.map(({ user }) => user?.sentryId ?? null),
      projects: projects.map((entry) => [entry.project.sentryId, entry.newIssueCount]),
      lastDeploy: lastDeploy?.environment ?? null,
    }
  }

  test('by part of the version, project and environment; the list of a project is the same', async () => {
    const [first] = await wireReleases(graph, '&query=@')
    const [{ id, slug } = { id: 0, slug: '' }] = first?.projects ?? []
    const wire = await graph.wire('mira', `${org}/releases/?query=@&project=${id}&environment=production&per_page=100`)
    const { data: found } = await askIn(
      'project(slug: $slug) { id releases(first: 100) { nodes { version } } }',
      { slug },
      '($slug: String!)',
    )
    const { data, errors } = await askIn(
      'releases(query: "@", projectIds: $ids, environments: ["production"], first: 100) { nodes { version } }',
      { ids: [found.organization.project.id] },
      '($ids: [ID!])',
    )
    expect(errors).toEqual([])
    const ofProject = await graph.wire('mira', `${org}/releases/?project=${id}&per_page=100`)
    expect(versions(data.organization.releases.nodes)).toEqual(versions(wire))
    expect(versions(found.organization.project.releases.nodes)).toEqual(versions(ofProject))
  })

  test('goes on where it ended, and takes no cursor of another list', async () => {
    const wire = await wireReleases(graph)
    const page = 'releases(first: 7, after: $after) { nodes { version } pageInfo { endCursor } }'
    const { data: one } = await askIn(page, {}, '($after: String)')
    const after = one.organization.releases.pageInfo.endCursor
    const { data: two } = await askIn(page, { after }, '($after: String)')
    const both = [...one.organization.releases.nodes, ...two.organization.releases.nodes]
    expect(versions(both)).toEqual(versions(wire.slice(0, 14)))
    const { errors, requests } = await askIn(
      'releases(query: "web", after: $after) { nodes { version } }',
      { after },
      '($after: String)',
    )
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })

  test('the health of all its releases: one more call, and right for each', async () => {
    const { data, errors, requests, cost } = await askIn(
      'releases(first: 10) { nodes { version projects { project { sentryId } health { crashFreeSessions crashFreeUsers sessionCount userCount adoption } } } }',
    )
    expect(errors).toEqual([])
    expect(requests.map(({ path }) => path.split('/').at(-2))).toEqual(['lumen-freight', 'releases', 'sessions'])
    expect(cost.estimated).toBe(cost.upstreamCalls)
    const sessions = await graph.wire(
      'mira',
      `${org}/sessions/?project=-1&groupBy=release&groupBy=project&statsPeriod=14d&interval=1d&field=sum(session)&field=crash_free_rate(session)`,
    )
    type Group = { by: { release: string; project: number }; totals: Record<string, number | null> }
    const byRelease = new Map(
      (sessions.groups as Group[]).map(({ by, totals }) => [`${by.release} ${by.project}`, totals]),
    )
    let measured = 0
    for (const { version, projects } of data.organization.releases.nodes) {
      for (const { project, health } of projects) {
        const totals = byRelease.get(`${version} ${project.sentryId}`)
        expect(health?.sessionCount ?? null).toBe(totals?.['sum(session)'] ?? null)
        expect(health?.crashFreeSessions ?? null).toBe(totals?.['crash_free_rate(session)'] ?? null)
        measured += totals ? 1 : 0
      }
    }
    expect(measured).toBeGreaterThan(2)
  })
})

describe('what Sentry may send', () => {
  test('a release of an old server, with next to nothing', async () => {
    graph.sandbox.fault(
      { path: /\/releases\/$/ },
      {
        status: 200,
        body: [
          {
            version: '1.0',
            status: 'frozen',
            authors: [{}, null, { name: null, email: 'a@b.example' }],
            lastDeploy: 7,
            projects: [{ id: 12, slug: 'web', name: null }],
          },
        ],
      },
    )
    const { data, errors } = await askIn(`releases(first: 1) { nodes { ${everything} } }`)
    expect(errors).toEqual([])
    expect(data.organization.releases.nodes).toMatchObject([
      {
        version: '1.0',
        status: 'UNKNOWN',
        commitCount: null,
        newIssueCount: null,
        lastDeploy: null,
        authors: [
          { name: null, user: null },
          { email: 'a@b.example', user: null },
        ],
        projects: [{ newIssueCount: null, project: { sentryId: '12', slug: 'web', name: 'web' } }],
      },
    ])
  })

  test('a release without a version is no release', async () => {
    graph.sandbox.fault({ path: /\/releases\/$/ }, { status: 200, body: [{ id: 1 }] })
    const { errors } = await askIn('releases(first: 1) { nodes { version } }')
    expect(errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_INVALID', upstream: { endpoint: '/api/0/organizations/{org}/releases/' } } },
    ])
  })

  test('an environment that there is not', async () => {
    const { errors } = await askIn('releases(environments: ["moon"]) { totalCount }')
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})
