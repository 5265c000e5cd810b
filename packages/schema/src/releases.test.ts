import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'
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

const versions = (list: { version: string }[]) => list.map(({ version }) => version)

interface WireRelease {
  version: string
  shortVersion: string
  dateCreated: string
  newGroups: number
  commitCount: number
  deployCount: number
  authors: { id?: string; name: string; email: string }[]
  projects: { id: number; slug: string; newGroups: number; healthData?: Record<string, number | null> }[]
  lastDeploy: { id: string; environment: string } | null
}

/** The releases of an organization as Sentry has them, newest first. */
const wireReleases = async (parameters = ''): Promise<WireRelease[]> =>
  await graph.wire('mira', `${org}/releases/?project=-1&per_page=100${parameters}`)

/** A release that has everything: a build number in its version, commits, deploys and sessions. */
async function findRichRelease(): Promise<WireRelease & { globalId: string }> {
  const { id } = await graph.wire('mira', `${org}/`)
  const releases = await wireReleases('&health=1')
  const release = releases.find(
    ({ version, commitCount, deployCount, projects: [project] }) =>
      /[@+]/.test(version) && commitCount > 2 && deployCount > 1 && (project?.healthData?.['totalSessions'] ?? 0) > 0,
  )
  if (!release) throw new Error('The world has no such release')
  return { ...release, globalId: encodeGlobalId({ kind: 'Release', organizationId: id, id: release.version }) }
}

const everything = `
  id version shortVersion status ref url dateCreated dateReleased firstEventAt lastEventAt
  newIssueCount commitCount deployCount
  authors { name email user { sentryId name } }
  lastDeploy { id environment name url dateStarted dateFinished }
  projects { newIssueCount project { sentryId slug name platform } }`

describe('a list of releases', () => {
  test('everything that releases carry: one call, in Sentry’s order and with Sentry’s numbers', async () => {
    const { data, errors, requests } = await askIn(
      `releases(first: 100) { totalCount nodes { permalink ${everything} } }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const wire = await wireReleases()
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
    const [first] = await wireReleases('&query=@')
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
    const wire = await wireReleases()
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
      'releases(first: 10) { nodes { version projects { project { sentryId } health { crashFreeSessions crashFreeUsers totalSessions totalUsers adoption } } } }',
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
        expect(health?.totalSessions ?? null).toBe(totals?.['sum(session)'] ?? null)
        expect(health?.crashFreeSessions ?? null).toBe(totals?.['crash_free_rate(session)'] ?? null)
        measured += totals ? 1 : 0
      }
    }
    expect(measured).toBeGreaterThan(2)
  })
})

describe('one release', () => {
  test('its page, with deploys, commits, health and new issues: four calls', async () => {
    const { globalId, ...wire } = await findRichRelease()
    const { data, errors, requests } = await mira.ask(
      `query ($id: ID!, $new: String!) { node(id: $id) { ... on Release {
        ${everything}
        health: projects { health { crashFreeSessions crashFreeUsers adoption totalSessions totalUsers } }
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
    expect(health.totalSessions).toBe(measured['totalSessions'])
    expect(health.totalUsers).toBe(measured['totalUsers'])
    // Sentry says it in percent here.
    expect(health.crashFreeSessions * 100).toBeCloseTo(measured['crashFreeSessions'] ?? Number.NaN, 9)
    expect(health.adoption * 100).toBeCloseTo(measured['adoption'] ?? Number.NaN, 9)
  })

  test('by its version, which is one part of the path whatever it holds: one call', async () => {
    const { version, globalId } = await findRichRelease()
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
    const [one, two] = await wireReleases()
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
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Release { version projects { health { totalSessions adoption } } } } }'

  /** Of a few releases Sentry is asked with their health; of more by one call for the health of all. */
  test.each([
    [2, 0],
    [6, 1],
  ])('of %i found by their ids: %i more calls', async (count, more) => {
    const { id } = await graph.wire('mira', `${org}/`)
    const newest = (await wireReleases('&health=1'))
      .filter(({ projects: [project] }) => project?.healthData)
      .slice(0, count)
    const ids = newest.map(({ version }) => encodeGlobalId({ kind: 'Release', organizationId: id, id: version }))
    const { data, errors, requests } = await mira.ask(health, { ids })
    expect(errors).toEqual([])
    expect(requests).toHaveLength(count + more)
    type Found = { version: string; projects: { health: { totalSessions: number; adoption: number | null } | null }[] }
    const found: Found[] = data.nodes
    expect(found.map(({ projects: [project] }) => project?.health?.totalSessions ?? 0)).toEqual(
      newest.map(({ projects: [project] }) => project?.healthData?.['totalSessions']),
    )
    expect(found.some(({ projects: [project] }) => typeof project?.health?.adoption === 'number')).toBe(more === 0)
  })
})

describe('what Sentry may send', () => {
  test('commits of nobody, and deploys without a time', async () => {
    const { version } = await findRichRelease()
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
    const { version } = await findRichRelease()
    const page =
      'release(version: $version) { commits(first: 1, after: $after) { nodes { sha } pageInfo { endCursor } } }'
    const declared = '($version: String!, $after: String)'
    const { data } = await askIn(page, { version }, declared)
    const after = data.organization.release.commits.pageInfo.endCursor
    const other = (await wireReleases()).find((release) => release.version !== version)?.version
    for (const foreign of [
      { version: other, after },
      { version, after: 'nonsense' },
    ]) {
      const answer = await askIn(page, foreign, declared)
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    }
  })

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

  test('its deploys fail alone', async () => {
    const { version } = await findRichRelease()
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

  test('an environment that there is not', async () => {
    const { errors } = await askIn('releases(environments: ["moon"]) { totalCount }')
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})
