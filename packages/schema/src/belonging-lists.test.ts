import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Graph, startGraph } from '../test/graph.ts'

let graph: Graph

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const org = 'organizations/lumen-freight'
const idsOf = (records: { id: string }[]) => records.map(({ id }) => id)
const sentryIdsOf = (nodes: { sentryId: string }[]) => nodes.map(({ sentryId }) => sentryId)

const ask = (fields: string, name: 'mira' | 'noor' = 'mira') =>
  graph.signIn(name).ask(`{ organization(slug: "lumen-freight") { ${fields} } }`)

/** A team of the organization with several members and projects. */
async function findTeam(): Promise<{ slug: string; id: string }> {
  const teams: { id: string; slug: string; memberCount: number; projects: unknown[] }[] = await graph.wire(
    'mira',
    `${org}/teams/?per_page=100`,
  )
  const team = teams.find(({ memberCount, projects }) => memberCount > 2 && projects.length > 1)
  if (!team) throw new Error('The world has no such team')
  return team
}

describe('what belongs to a team', () => {
  test('its projects and members: two calls, and a page fills the loaders', async () => {
    const { slug } = await findTeam()
    const { data, errors, requests } = await ask(`team(slug: "${slug}") {
      projects { totalCount nodes { sentryId slug teams { slug } features { hasSessions } } }
      members { nodes { sentryId email orgRole user { sentryId username } } }
    }`)
    expect(errors).toEqual([])
    // Beside the organization and the team.
    expect(requests).toHaveLength(4)
    const { projects, members } = data.organization.team
    expect(sentryIdsOf(projects.nodes)).toEqual(
      idsOf(await graph.wire('mira', `teams/lumen-freight/${slug}/projects/`)),
    )
    expect(sentryIdsOf(members.nodes)).toEqual(idsOf(await graph.wire('mira', `teams/lumen-freight/${slug}/members/`)))
    expect(projects.totalCount).toBe(projects.nodes.length)
    expect(projects.nodes[0].teams).toContainEqual({ slug })
  })

  test('walks on from a cursor, which is of no other team', async () => {
    const { slug } = await findTeam()
    const page = (after: string) =>
      `team(slug: "${slug}") { members(first: 1${after}) { nodes { sentryId } pageInfo { endCursor } } }`
    const one = await ask(page(''))
    const cursor: string = one.data.organization.team.members.pageInfo.endCursor
    const two = await ask(page(`, after: "${cursor}"`))
    const walked = [one, two].flatMap(({ data }) => sentryIdsOf(data.organization.team.members.nodes))
    expect(walked).toEqual(idsOf(await graph.wire('mira', `teams/lumen-freight/${slug}/members/`)).slice(0, 2))
    const { errors } = await ask(
      `teams { nodes { slug members(first: 1, after: "${cursor}") { nodes { sentryId } } } }`,
    )
    const codes = errors.map(({ extensions }) => extensions['code'])
    expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT']))
  })

  test('the teams of the viewer, whoever that is', async () => {
    for (const name of ['mira', 'noor'] as const) {
      const { data, errors, requests } = await ask('viewerTeams { sentryId slug isViewerMember memberCount }', name)
      expect(errors).toEqual([])
      expect(requests).toHaveLength(2)
      expect(sentryIdsOf(data.organization.viewerTeams)).toEqual(idsOf(await graph.wire(name, `${org}/user-teams/`)))
    }
    const { data } = await ask('viewerTeams { isViewerMember }', 'noor')
    expect(data.organization.viewerTeams.length).toBeGreaterThan(0)
    expect(
      data.organization.viewerTeams.every(({ isViewerMember }: { isViewerMember: boolean }) => isViewerMember),
    ).toBe(true)
  })
})

test('the members of a project, which Sentry gives all at once, are given in parts', async () => {
  const wire = idsOf(await graph.wire('mira', 'projects/lumen-freight/shop-web/members/'))
  expect(wire.length).toBeGreaterThan(2)
  const { data, errors, requests } = await ask(
    'project(slug: "shop-web") { all: members(first: 100) { totalCount nodes { sentryId } } some: members(first: 2) { totalCount nodes { sentryId } pageInfo { hasNextPage endCursor } } }',
  )
  expect(errors).toEqual([])
  const { all, some } = data.organization.project
  expect(sentryIdsOf(all.nodes)).toEqual(wire)
  expect(all.totalCount).toBe(wire.length)
  expect(sentryIdsOf(some.nodes)).toEqual(wire.slice(0, 2))
  // What is left is not counted.
  expect(some).toMatchObject({ totalCount: null, pageInfo: { hasNextPage: true } })
  expect(requests.filter(({ path }) => path.endsWith('/members/'))).toHaveLength(1)
  const rest = await ask(
    `project(slug: "shop-web") { members(first: 100, after: "${some.pageInfo.endCursor}") { nodes { sentryId } } }`,
  )
  expect(sentryIdsOf(rest.data.organization.project.members.nodes)).toEqual(wire.slice(2))
})

describe('environments', () => {
  test('the visible ones, of all projects: one call', async () => {
    const { data, errors, requests } = await ask('environments { id name isHidden }')
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const wire: { name: string }[] = await graph.wire('mira', `${org}/environments/?project=-1`)
    const { environments } = data.organization
    expect(environments.map(({ name }: { name: string }) => name)).toEqual(wire.map(({ name }) => name))
    expect(environments[0]).toMatchObject({ isHidden: false })
    expect(new Set(environments.map(({ id }: { id: string }) => id)).size).toBe(wire.length)
  })

  test('with the hidden ones Sentry does not say which those are', async () => {
    const { data } = await ask('environments(includeHidden: true) { name isHidden }')
    const wire: { name: string }[] = await graph.wire('mira', `${org}/environments/?project=-1&visibility=all`)
    expect(data.organization.environments).toEqual(wire.map(({ name }) => ({ name, isHidden: null })))
  })

  test('an id may be a number; an environment without a name is none', async () => {
    const path = /\/environments\/$/
    graph.sandbox.fault({ path }, { status: 200, body: [{ id: 7, name: 'production', color: 'red' }] })
    const { data, errors } = await ask('environments { name }')
    expect(errors).toEqual([])
    expect(data.organization.environments).toEqual([{ name: 'production' }])
    graph.sandbox.clearFaults()
    graph.sandbox.fault({ path }, { status: 200, body: [{ id: 7, name: null }] })
    const refused = await ask('environments { name }')
    expect(refused.data.organization.environments).toBeNull()
    expect(refused.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID' } }])
  })
})
