import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph()
  mira = graph.signIn('mira')
})

afterAll(() => graph.close())

const codesOf = ({ errors }: Answer) => errors.map(({ extensions }) => extensions['code'])

const hostile = [
  '',
  '/',
  '.',
  '..',
  'a/b',
  '../users',
  '%2f',
  '%2e%2e',
  'a\0b',
  'a b',
  'ä',
  'a?b',
  'a#b',
  'a..b',
  'a\n',
  'x'.repeat(101),
]

describe('hostile input gets a clear error and reaches nobody', () => {
  test.each(hostile)('organization(slug: %j)', async (slug) => {
    const answer = await mira.ask('query ($slug: String!) { organization(slug: $slug) { name } }', { slug })
    expect(answer.data).toEqual({ organization: null })
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.requests).toEqual([])
  })

  test.each(hostile)('project(slug: %j) and team(slug:), only the organization is asked for', async (slug) => {
    const answer = await mira.ask(
      'query ($slug: String!) { organization(slug: "lumen-freight") { project(slug: $slug) { name } team(slug: $slug) { name } } }',
      { slug },
    )
    expect(answer.data.organization).toEqual({ project: null, team: null })
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT'])
    expect(answer.requests).toHaveLength(1)
  })

  test.each(['', 'web', '4507', Buffer.from('1:Project:1:2 id:3').toString('base64url'), 'A'.repeat(100_000)])(
    'node(id:) and nodes(ids:) %#',
    async (id) => {
      const answer = await mira.ask('query ($id: ID!) { node(id: $id) { id } }', { id })
      expect(answer.data).toEqual({ node: null })
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT'])
      const many = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id] })
      expect(many.data).toEqual({ nodes: [null] })
      expect(many.errors).toMatchObject([{ path: ['nodes', 0], extensions: { code: 'BAD_USER_INPUT' } }])
      expect([...answer.requests, ...many.requests]).toEqual([])
    },
  )

  test('an id that is none among others: null at its place, the others are served', async () => {
    const { data } = await mira.ask('{ viewer { id } }')
    const { id } = data.viewer
    const answer = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, 'web', id] })
    expect(answer.data.nodes).toEqual([{ id }, null, { id }])
    expect(answer.errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }])
  })

  test('more than 100 ids', async () => {
    const { data } = await mira.ask('{ viewer { id } }')
    const ids = Array.from({ length: 101 }, () => data.viewer.id as string)
    const answer = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT'])
    const allowed = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ids.slice(1) })
    expect(allowed.data.nodes).toHaveLength(100)
  })

  test.each([
    ['first: 0', { first: 0 }],
    ['first: 101', { first: 101 }],
    ['a made-up cursor', { after: 'abc' }],
    ['Sentry’s cursor', { after: '0:100:0' }],
    ['an endless query', { query: 'x'.repeat(201) }],
    ['a NUL in the query', { query: 'a\0' }],
  ])('organizations with %s', async (_, variables) => {
    const answer = await mira.ask(
      'query ($first: Int, $after: String, $query: String) { viewer { organizations(first: $first, after: $after, query: $query) { nodes { id } } } }',
      variables,
    )
    expect(answer.data).toEqual({ viewer: { organizations: null } })
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT'])
    expect(answer.requests).toEqual([])
  })

  test('a cursor of one organization in another', async () => {
    const lists =
      '{ viewer { organizations { nodes { slug projects(first: 1) { pageInfo { endCursor hasNextPage } } } } } }'
    const { data } = await mira.ask(lists)
    const [one, other] = data.viewer.organizations.nodes
    const walk =
      'query ($slug: String!, $after: String) { organization(slug: $slug) { projects(first: 1, after: $after) { nodes { id } } } }'
    const after = one.projects.pageInfo.endCursor
    const foreign = await mira.ask(walk, { slug: other.slug, after })
    expect(codesOf(foreign)).toEqual(['BAD_USER_INPUT'])
    expect(foreign.requests).toHaveLength(1)
    expect(codesOf(await mira.ask(walk, { slug: one.slug, after }))).toEqual([])
  })

  test('an unknown field and a syntax error', async () => {
    for (const document of ['{ viewer { nmae } }', '{ viewer']) {
      const answer = await mira.ask(document)
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT'])
      expect(answer.errors[0]?.message).not.toBe('')
      expect(answer.requests).toEqual([])
    }
  })
})

describe('what cannot be seen', () => {
  test('an organization that does not exist and one of strangers are the same', async () => {
    const ask = 'query ($slug: String!) { organization(slug: $slug) { name } }'
    const missing = await mira.ask(ask, { slug: 'nowhere' })
    const foreign = await graph.signIn('sam').ask(ask, { slug: 'lumen-freight' })
    for (const answer of [missing, foreign]) {
      expect(answer.data).toEqual({ organization: null })
      expect(answer.errors.map(({ message, extensions: { code } }) => [code, message])).toEqual([
        ['NOT_FOUND', 'It does not exist, or you may not see it.'],
      ])
    }
  })

  test('a node of strangers is not found, its neighbours are', async () => {
    const { data } = await mira.ask('{ viewer { organizations { nodes { id } } } }')
    const ids: string[] = data.viewer.organizations.nodes.map(({ id }: { id: string }) => id)
    const noor = graph.signIn('noor')
    const own = await noor.ask('{ viewer { organizations { nodes { id } } } }')
    const answer = await noor.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    const visible = ids.map((id) => (id === own.data.viewer.organizations.nodes[0].id ? { id } : null))
    expect(answer.data.nodes).toEqual(visible)
    expect(codesOf(answer)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    expect(answer.errors[0]?.path?.[0]).toBe('nodes')
  })

  test('a slug is taken as it is written', async () => {
    const answer = await mira.ask('{ organization(slug: "Lumen-Freight") { name } }')
    expect(codesOf(answer)).toEqual(['NOT_FOUND'])
    expect(answer.requests[0]?.path).toBe('/api/0/organizations/Lumen-Freight/')
  })

  test('a former project slug finds the project', async () => {
    const answer = await mira.ask('{ organization(slug: "lumen-freight") { project(slug: "storefront") { slug } } }')
    expect(answer.errors).toEqual([])
    expect(answer.data.organization.project).toEqual({ slug: 'shop-web' })
  })
})

describe('scopes', () => {
  test('a missing one is FORBIDDEN and named, at its field alone', async () => {
    const asker = graph.signIn('mira', { scopes: ['org:read', 'project:read', 'team:read'] })
    const answer = await asker.ask('{ organization(slug: "lumen-freight") { name members { nodes { id } } } }')
    expect(answer.data.organization).toMatchObject({ name: expect.any(String), members: null })
    expect(answer.errors).toMatchObject([
      {
        path: ['organization', 'members'],
        extensions: {
          code: 'FORBIDDEN',
          requiredScope: 'member:read',
          correlationId: 'correlation',
          upstream: { status: 403, endpoint: '/api/0/organizations/{org}/members/' },
        },
      },
    ])
  })

  test('an organization without org:read is FORBIDDEN, not unknown', async () => {
    const answer = await graph
      .signIn('mira', { scopes: ['event:read'] })
      .ask('{ organization(slug: "lumen-freight") { name } }')
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScope: 'org:read' } }])
  })

  test('also where an old Sentry does not name the scope', async () => {
    const body = { detail: 'You do not have permission to perform this action.' }
    graph.sandbox.fault({ path: /organizations\/lumen-freight\/$/, times: 1 }, { status: 403, body })
    const answer = await graph
      .signIn('mira', { scopes: ['event:read'] })
      .ask('{ organization(slug: "lumen-freight") { name } }')
    expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredScope: 'org:read' } }])
  })
})

describe('signed out', () => {
  test('viewer and rateLimit are null, the gateway answers', async () => {
    const answer = await graph.signedOut.ask(
      '{ viewer { id } rateLimit { upstreamCalls } gateway { version schemaHash sentryUrl isSandbox requestedScopes } }',
    )
    expect(answer.errors).toEqual([])
    expect(answer.data).toMatchObject({ viewer: null, rateLimit: null, gateway: { version: '0.1.0', isSandbox: true } })
  })

  test.each([
    '{ organization(slug: "lumen-freight") { name } }',
    '{ node(id: "x") { id } }',
    '{ nodes(ids: ["x"]) { id } }',
  ])('%s is UNAUTHENTICATED', async (document) => {
    const answer = await graph.signedOut.ask(document)
    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED'])
    expect(answer.requests).toEqual([])
  })
})
