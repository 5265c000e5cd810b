import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Graph, startGraph } from '../test/graph.ts'

let graph: Graph

beforeAll(async () => {
  graph = await startGraph()
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const grid = '{ viewer { organizations { nodes { slug region { name } projects { nodes { slug } } } } } }'

interface OrganizationAnswer {
  slug: string
  region: { name: string; reachable?: boolean }
  projects: { nodes: { slug: string }[] } | null
}

describe('one region down', () => {
  test.each([
    ['reset', 'UPSTREAM_UNAVAILABLE', {}],
    ['html', 'UPSTREAM_INVALID', {}],
    ['truncate', 'UPSTREAM_UNAVAILABLE', {}],
    // What answers has to be given the time; silence alone lasts as long as it may.
    ['silence', 'UPSTREAM_TIMEOUT', { timeout: 4000 }],
  ] as const)('%s: its projects are null with an error, the others are served', async (fault, code, options) => {
    graph.sandbox.fault({ host: 'de', path: /projects/ }, fault)
    const { data, errors } = await graph.signIn('mira', options).ask(grid)
    const organizations: OrganizationAnswer[] = data.viewer.organizations.nodes
    const served = organizations.filter(({ projects }) => projects !== null && projects.nodes.length > 0)
    expect(organizations.map(({ region }) => region.name).toSorted()).toEqual(['de', 'us', 'us'])
    expect(served.map(({ region }) => region.name)).toEqual(['us', 'us'])
    const index = organizations.findIndex(({ region }) => region.name === 'de')
    expect(errors).toMatchObject([
      {
        path: ['viewer', 'organizations', 'nodes', index, 'projects'],
        extensions: { code, upstream: { endpoint: '/api/0/organizations/{org}/projects/' } },
      },
    ])
  })

  test('it is not reachable, the other one is', async () => {
    graph.sandbox.fault({ host: 'de', path: /./ }, 'reset')
    const { data, errors } = await graph.signIn('mira').ask('{ viewer { regions { name reachable } } }')
    expect(errors).toEqual([])
    expect(data.viewer.regions).toEqual([
      { name: 'de', reachable: false },
      { name: 'us', reachable: true },
    ])
  })
})

describe('what costs a call of its own fails alone', () => {
  const tooOften = { status: 429, body: { detail: 'Too frequently.' } }

  test('a region that answers too many requests is still there, whether it answers is not known', async () => {
    graph.sandbox.fault({ host: 'de', path: /./ }, tooOften)
    const { data, errors } = await graph.signIn('mira').ask('{ viewer { regions { name url reachable } } }')
    expect(data.viewer.regions).toMatchObject([
      { name: 'de', url: expect.any(String), reachable: null },
      { name: 'us', reachable: true },
    ])
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
  })

  test('nodes stay when their organization cannot be asked', async () => {
    const mira = graph.signIn('mira')
    const { data } = await mira.ask(
      '{ organization(slug: "lumen-freight") { projects(first: 1) { nodes { id slug } } teams(first: 1) { nodes { id slug } } members(first: 1) { nodes { id email } } } }',
    )
    const { projects, teams, members } = data.organization
    const nodes = [projects.nodes[0], teams.nodes[0], members.nodes[0]]
    graph.sandbox.fault({ path: '/api/0/organizations/' }, tooOften)
    const answer = await mira.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Project { id slug organization { name } } ... on Team { id slug organization { name } } ... on Member { id email organization { name } }
      } }`,
      { ids: nodes.map(({ id }: { id: string }) => id) },
    )
    expect(answer.data.nodes).toEqual(nodes.map((node: object) => ({ ...node, organization: null })))
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(Array(3).fill('RATE_LIMITED'))
  })
})

test('a server without a list of regions is one nameless region', async () => {
  graph.sandbox.fault({ path: '/api/0/users/me/regions/' }, { status: 404 })
  const { data, errors } = await graph
    .signIn('mira')
    .ask('{ viewer { regions { name url } organizations(first: 1) { nodes { region { name } } } } }')
  expect(errors).toEqual([])
  expect(data.viewer.regions).toEqual([{ name: null, url: graph.sandbox.url }])
  expect(data.viewer.organizations.nodes[0].region).toEqual({ name: null })
})

test('asked too often: RATE_LIMITED with the seconds to wait', async () => {
  const headers = { 'X-Sentry-Rate-Limit-Reset': String(Math.ceil(Date.now() / 1000) + 20) }
  graph.sandbox.fault({ path: /teams\/$/ }, { status: 429, body: { detail: 'Too frequently.' }, headers })
  const { data, errors } = await graph
    .signIn('mira')
    .ask('{ organization(slug: "lumen-freight") { name teams { nodes { id } } projects { nodes { id } } } }')
  expect(data.organization).toMatchObject({ teams: null, projects: { nodes: expect.any(Array) } })
  expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }])
})

test('single sign-on wanted by one organization leaves the others alone', async () => {
  const body = { detail: { code: 'sso-required', message: 'Must login via SSO', extra: { loginUrl: '/auth/login/' } } }
  graph.sandbox.fault({ path: /lumen-freight\/projects/ }, { status: 401, body })
  const { data, errors } = await graph.signIn('mira').ask(grid)
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason: 'sso-required' } }])
  const served = (data.viewer.organizations.nodes as OrganizationAnswer[]).filter(({ projects }) => projects !== null)
  expect(served).toHaveLength(2)
})

test('a region that Sentry invents never gets the access token and is named as Sentry’s fault', async () => {
  const organization = {
    id: '1',
    slug: 'acme',
    name: 'Acme',
    links: { regionUrl: 'http://127.0.0.1:9', organizationUrl: '' },
  }
  graph.sandbox.fault({ path: '/api/0/organizations/' }, { status: 200, body: [organization] })
  const { data, errors } = await graph
    .signIn('mira')
    .ask('{ viewer { organizations { nodes { slug projects { nodes { id } } } } } }')
  expect(data.viewer.organizations.nodes).toEqual([{ slug: 'acme', projects: null }])
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID', upstream: { status: null } } }])
})

test.each(['javascript:alert(1)', 'de.sentry.io', '//evil.example'])(
  'a region called %s is no link',
  async (regionUrl) => {
    const organization = { id: '1', slug: 'acme', name: 'Acme', links: { regionUrl, organizationUrl: regionUrl } }
    graph.sandbox.fault({ path: '/api/0/organizations/' }, { status: 200, body: [organization] })
    const { data, errors } = await graph
      .signIn('mira')
      .ask('{ viewer { organizations { nodes { permalink region { url } } } } }')
    const permalink = `${graph.sandbox.url}/organizations/acme/issues/`
    expect(data.viewer.organizations.nodes).toEqual([{ permalink, region: null }])
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID' } }])
  },
)

test('a record of a wrong shape fails its list alone and shows no value', async () => {
  graph.sandbox.fault({ path: /teams\/$/ }, { status: 200, body: [{ id: 'secret', slug: null }] })
  const { data, errors } = await graph
    .signIn('mira')
    .ask('{ organization(slug: "lumen-freight") { name teams { nodes { id } } } }')
  expect(data.organization.teams).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID' } }])
  expect(JSON.stringify(errors)).not.toContain('secret')
})

test('old servers: no links, numbers for ids, nulls for names, unknown roles', async () => {
  const organization = { id: 7, slug: 'Old-Org', name: null, dateCreated: 'unknown' }
  const project = {
    id: 9,
    slug: 'Web',
    name: null,
    platform: '',
    teams: [{ id: 3, slug: 'a', name: null }],
    environments: [null, 'x'],
  }
  graph.sandbox.fault({ path: '/api/0/organizations/' }, { status: 200, body: [organization] })
  graph.sandbox.fault({ path: /projects\/$/ }, { status: 200, body: [project] })
  graph.sandbox.fault({ path: /members\/$/ }, { status: 200, body: [{ id: 5, role: 'astronaut', user: null }] })
  const { data, errors } = await graph.signIn('mira').ask(`{ viewer { organizations { totalCount nodes {
    slug name dateCreated region { url } permalink
    projects { nodes { sentryId name platform isBookmarked environments teams { name permalink } permalink } }
    members { nodes { sentryId orgRole isPending user { id } } }
  } } } }`)
  expect(errors).toEqual([])
  expect(data.viewer.organizations.nodes).toEqual([
    {
      slug: 'Old-Org',
      name: 'Old-Org',
      dateCreated: null,
      region: { url: graph.sandbox.url },
      permalink: `${graph.sandbox.url}/organizations/Old-Org/issues/`,
      projects: {
        nodes: [
          {
            sentryId: '9',
            name: 'Web',
            platform: null,
            isBookmarked: false,
            environments: ['x'],
            teams: [{ name: 'a', permalink: `${graph.sandbox.url}/settings/Old-Org/teams/a/` }],
            permalink: `${graph.sandbox.url}/organizations/Old-Org/projects/Web/`,
          },
        ],
      },
      members: { nodes: [{ sentryId: '5', orgRole: 'astronaut', isPending: true, user: null }] },
    },
  ])
})
