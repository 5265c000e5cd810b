import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOrganizationCount } from './organization-count.ts'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph()
  mira = graph.signIn('mira')
})

afterAll(() => graph.close())

const organizationIds = '{ viewer { organizations { nodes { id slug } } } }'

describe('what questions cost at Sentry', () => {
  test('projects under organizations: 1 + M calls, with everything the projects carry', async () => {
    const { data, errors, requests } = await mira.ask(`{
      viewer { organizations { nodes {
        id slug name permalink dateCreated
        projects { nodes {
          id name platform permalink environments latestReleaseVersion features { hasSessions }
          teams { id slug name }
          organization { id name slug permalink }
        } }
      } } }
    }`)
    expect(errors).toEqual([])
    const organizations = data.viewer.organizations.nodes
    expect(organizations).toHaveLength(3)
    expect(organizations[0].projects.nodes[0].organization.name).toBe(organizations[0].name)
    expect(requests.map(({ host }) => host).toSorted()).toEqual(['control', 'de', 'us', 'us'])
  })

  test('the viewer and the session: nothing', async () => {
    const { data, requests } = await mira.ask(
      '{ viewer { id user { id sentryId name email avatarUrl } session { id kind scopes canWriteIssues expiresAt } } rateLimit { upstreamCalls } gateway { version } }',
    )
    expect(data.viewer.user.name).toBe('Mira Lindqvist')
    expect(data.viewer.session).toMatchObject({ kind: 'BROWSER', canWriteIssues: false })
    expect(requests).toEqual([])
  })

  test('details of the teams that projects name: one call per organization', async () => {
    const { data, requests } = await mira.ask(
      '{ viewer { organizations { nodes { projects { nodes { teams { name memberCount isViewerMember dateCreated permalink } } } } } } }',
    )
    const teams = data.viewer.organizations.nodes[0].projects.nodes.flatMap(
      (project: { teams: unknown[] }) => project.teams,
    )
    expect(teams[0]).toMatchObject({ memberCount: expect.any(Number), isViewerMember: expect.any(Boolean) })
    const teamCalls = requests.filter(({ path }) => path.endsWith('/teams/'))
    expect(teamCalls.length).toBeLessThanOrEqual(3)
    expect(new Set(teamCalls.map(({ path }) => path)).size).toBe(teamCalls.length)
    expect(requests).toHaveLength(4 + teamCalls.length)
  })

  test('nodes: one call per kind and organization, none twice', async () => {
    const { data } = await mira.ask(
      '{ viewer { id user { id } organizations { nodes { id projects(first: 5) { nodes { id } } teams(first: 2) { nodes { id } } } } } }',
    )
    const { organizations, ...viewer } = data.viewer
    type Found = { id: string; projects: { nodes: { id: string }[] }; teams: { nodes: { id: string }[] } }
    const found: Found[] = organizations.nodes
    const ids = [
      viewer.id,
      viewer.user.id,
      ...found.flatMap(({ id, projects, teams }) => [
        id,
        ...[...projects.nodes, ...teams.nodes].map((node) => node.id),
      ]),
    ]
    const {
      data: again,
      errors,
      requests,
    } = await mira.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Organization { name } ... on Project { name organization { name } } ... on Team { memberCount } } }',
      { ids: [...ids, ...ids] },
    )
    expect(errors).toEqual([])
    expect(again.nodes.map((node: { id: string }) => node.id)).toEqual([...ids, ...ids])
    // 3 × projects, 3 × teams, and all organizations together.
    expect(requests).toHaveLength(7)
  })

  test('a project by its id and its organization’s name: two calls, its organization’s id: one', async () => {
    const { data } = await mira.ask('{ viewer { organizations { nodes { id projects(first: 1) { nodes { id } } } } } }')
    const [{ id: organization, projects }] = data.viewer.organizations.nodes
    const variables = { id: projects.nodes[0].id }
    const one = await mira.ask(
      'query ($id: ID!) { node(id: $id) { ... on Project { slug organization { id } } } }',
      variables,
    )
    expect(one.data.node.organization.id).toBe(organization)
    expect(one.requests).toHaveLength(1)
    const two = await mira.ask(
      'query ($id: ID!) { node(id: $id) { ... on Project { organization { name } } } }',
      variables,
    )
    expect(two.requests).toHaveLength(2)
  })

  test('region names: one call for all; whether they answer: one probe per region', async () => {
    const { data, requests } = await mira.ask(
      '{ viewer { organizations { nodes { region { name url reachable } } } regions { name reachable } } }',
    )
    const names = data.viewer.organizations.nodes.map((node: { region: { name: string } }) => node.region.name)
    expect(new Set(names)).toEqual(new Set(['us', 'de']))
    expect(data.viewer.regions).toEqual([
      { name: 'de', reachable: true },
      { name: 'us', reachable: true },
    ])
    expect(requests.filter(({ path }) => path.includes('regions'))).toHaveLength(1)
    expect(requests).toHaveLength(4)
  })

  test('an organization by slug with what the viewer may do there: one call', async () => {
    const { data } = await mira.ask(organizationIds)
    const [{ slug, id }] = data.viewer.organizations.nodes
    const { data: found, requests } = await mira.ask(
      'query ($slug: String!) { organization(slug: $slug) { id slug name viewerAccess region { url } permalink } }',
      { slug },
    )
    expect(found.organization).toMatchObject({ id, slug, viewerAccess: expect.arrayContaining(['org:read']) })
    expect(requests).toHaveLength(1)
  })

  test('the same question twice in one operation: one call', async () => {
    const { data } = await mira.ask(organizationIds)
    const [{ slug }] = data.viewer.organizations.nodes
    const { requests } = await mira.ask(
      'query ($slug: String!) { a: organization(slug: $slug) { name } b: organization(slug: $slug) { id projects(first: 3) { nodes { id } } more: projects(first: 3) { nodes { name } } } }',
      { slug },
    )
    expect(requests).toHaveLength(2)
  })

  test('one project, one team and the members of an organization', async () => {
    const { data } = await mira.ask(
      '{ organization(slug: "lumen-freight") { slug projects(first: 1) { nodes { id slug } } teams(first: 1) { nodes { id slug } } } }',
    )
    const { slug, projects, teams } = data.organization
    const {
      data: found,
      errors,
      requests,
    } = await mira.ask(
      `query ($slug: String!, $project: String!, $team: String!) { organization(slug: $slug) {
        project(slug: $project) { id teams { name } }
        team(slug: $team) { id memberCount }
        members(first: 100) { nodes { id name email orgRole isPending isExpired dateCreated user { id name } organization { slug } } totalCount }
      } }`,
      { slug, project: projects.nodes[0].slug, team: teams.nodes[0].slug },
    )
    expect(errors).toEqual([])
    expect(found.organization.project.id).toBe(projects.nodes[0].id)
    expect(found.organization.team.id).toBe(teams.nodes[0].id)
    expect(requests).toHaveLength(4)
    const members: { id: string; isPending: boolean; user: { id: string } | null }[] = found.organization.members.nodes
    expect(members.some(({ isPending, user }) => isPending && user === null)).toBe(true)
    const ids = members.slice(0, 3).flatMap(({ id, user }) => (user ? [id, user.id] : [id]))
    const again = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids })
    expect(again.errors).toEqual([])
    expect(again.data.nodes.map((node: { id: string }) => node.id)).toEqual(ids)
  })

  test('projects by their slugs: one call for all of an organization, one more for a former slug', async () => {
    const { data } = await mira.ask('{ organization(slug: "lumen-freight") { projects(first: 3) { nodes { slug } } } }')
    const [one, two, three]: string[] = data.organization.projects.nodes.map(({ slug }: { slug: string }) => slug)
    const document = `query ($one: String!, $two: String!, $three: String!) { organization(slug: "lumen-freight") {
      one: project(slug: $one) { slug } two: project(slug: $two) { slug } three: project(slug: $three) { slug }
    } }`
    const known = await mira.ask(document, { one, two, three })
    expect(known.data.organization).toEqual({ one: { slug: one }, two: { slug: two }, three: { slug: three } })
    expect(known.requests).toHaveLength(2)
    const former = await mira.ask(document, { one, two: 'storefront', three: 'nowhere' })
    expect(former.data.organization).toEqual({ one: { slug: one }, two: { slug: 'shop-web' }, three: null })
    expect(former.errors).toMatchObject([{ path: ['organization', 'three'], extensions: { code: 'NOT_FOUND' } }])
    // The organization, the list, both details, and the renamed project by its new slug.
    expect(former.requests).toHaveLength(5)
  })

  test('the cost of an operation is its calls and the slowest of them', async () => {
    expect((await mira.ask('{ viewer { id } }')).cost).toEqual({
      estimated: 0,
      upstreamCalls: 0,
      budget: 30,
      cacheHits: 0,
      coalesced: 0,
      slowest: null,
    })
    const { cost } = await mira.ask(organizationIds)
    expect(cost).toMatchObject({ upstreamCalls: 1, slowest: { endpoint: '/api/0/organizations/' } })
    expect(cost.slowest?.durationMs).toBeGreaterThan(0)
  })

  test('more calls than the budget: refused with what was asked, the rest is served', async () => {
    const organizationCount = createOrganizationCount()
    // The gateway saw one, and meanwhile there are three: what was admitted is still bounded.
    organizationCount.see(1)
    const { data, errors } = await graph
      .signIn('mira', { budget: 2, organizationCount })
      .ask('{ viewer { organizations { nodes { name projects { totalCount } } } } }')
    expect(data.viewer.organizations.nodes.map((node: { name: string }) => node.name)).toHaveLength(3)
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BUDGET_EXCEEDED', 'BUDGET_EXCEEDED'])
  })
})

test('rateLimit is unknown before the first call and tells the headers after it', async () => {
  const asker = graph.signIn('noor')
  expect((await asker.ask('{ rateLimit { upstreamCalls } }')).data.rateLimit).toBeNull()
  await asker.ask(organizationIds)
  const { data } = await asker.ask(
    '{ rateLimit { upstreamCalls upstreamBudget endpoints { endpoint region limit remaining resetAt concurrentLimit } } }',
  )
  expect(data.rateLimit).toMatchObject({ upstreamCalls: 0, upstreamBudget: 30 })
  expect(data.rateLimit.endpoints).toMatchObject([
    {
      endpoint: '/api/0/organizations/',
      region: new URL(graph.sandbox.url).host,
      limit: 10_000,
      concurrentLimit: 1000,
    },
  ])
})
