import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker
let noor: Asker

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
  noor = graph.signIn('noor')
})

afterEach(() => {
  graph.sandbox.clearFaults()
  graph.sandbox.bringUp('de')
})
afterAll(() => graph.close())

const search = (query: string, args = '', asker = mira) =>
  asker.ask(
    `query ($query: String!) { search(query: $query ${args}) { __typename
      ... on Organization { slug } ... on Project { slug } ... on Team { slug } ... on Issue { shortId title }
      ... on Event { eventId } ... on Release { version } } }`,
    { query },
  )

const kinds = (results: WireBody[]) => results.map(({ __typename }) => __typename)

describe('an id', () => {
  test.each(['lumen-freight', 'kleinwerk'])('of an issue of %s finds it: one call per organization', async (slug) => {
    const [{ shortId, title }] = await wire(`organizations/${slug}/issues/?project=-1&limit=1`)
    const { data, errors, requests } = await search(shortId.toLowerCase())
    expect(errors).toEqual([])
    expect(data.search).toEqual([{ __typename: 'Issue', shortId, title }])
    expect(requests.filter(({ path }) => path.includes('/shortids/'))).toHaveLength(3)
    expect(requests).toHaveLength(4)
  })

  test('of an event finds it', async () => {
    const [{ id }] = await wire('organizations/kleinwerk/issues/?project=-1&limit=1')
    const [{ eventID }] = await wire(`organizations/kleinwerk/issues/${id}/events/?per_page=1`)
    const { data, errors, requests } = await search(eventID)
    expect(errors).toEqual([])
    expect(data.search).toEqual([{ __typename: 'Event', eventId: eventID }])
    expect(requests).toHaveLength(4)
  })

  test('of an event that nobody keeps finds nothing, and is no text to look for', async () => {
    const { data, errors, requests } = await search('f'.repeat(32))
    expect([data.search, errors]).toEqual([[], []])
    expect(requests).toHaveLength(4)
  })

  test('of an issue of a project that the viewer may not see finds nothing', async () => {
    const seen: WireBody[] = await graph.wire('noor', 'organizations/lumen-freight/issues/?project=-1')
    const visible = new Set(seen.map(({ project }) => project.slug))
    const all: WireBody[] = await wire('organizations/lumen-freight/issues/?project=-1')
    const hidden = all.find(({ project }) => !visible.has(project.slug))
    const { data, errors } = await search(hidden.shortId, 'types: [ISSUE]', noor)
    expect(errors).toEqual([])
    expect(data.search.map((found: WireBody) => found.shortId)).not.toContain(hidden.shortId)
  })
})

describe('words', () => {
  test('find organizations, projects, teams and issues, with at most three calls per organization', async () => {
    const { data, errors, requests } = await search('lumen')
    expect(errors).toEqual([])
    expect(data.search).toContainEqual({ __typename: 'Organization', slug: 'lumen-freight' })
    expect(requests).toHaveLength(1 + 3 * 3)
  })

  test('find what the lists of Sentry find', async () => {
    const found: WireBody[] = await wire('organizations/lumen-freight/projects/?query=web&per_page=50')
    const { data } = await search('web', 'types: [PROJECT], first: 50')
    const slugs = data.search.map(({ slug }: WireBody) => slug)
    expect(found.length).toBeGreaterThan(0)
    expect(slugs).toEqual(expect.arrayContaining(found.map(({ slug }) => slug)))
  })

  test('find releases where those are wanted', async () => {
    const [{ version }] = await wire('organizations/lumen-freight/releases/?project=-1&per_page=1')
    const { data, requests } = await search(version, 'types: [RELEASE]')
    expect(data.search).toContainEqual({ __typename: 'Release', version })
    expect(requests).toHaveLength(4)
  })

  test('in the syntax of Sentry’s search are words like others', async () => {
    const { errors } = await search('is:nonsense "quoted" (', 'types: [ISSUE]')
    expect(errors).toEqual([])
  })

  test('give no more than was asked for, of each kind some', async () => {
    const { data } = await search('e', 'first: 4')
    expect(data.search).toHaveLength(4)
    expect(new Set(kinds(data.search)).size).toBeGreaterThan(1)
  })

  test('find nothing in an organization that cannot be asked, which is an error beside what others have', async () => {
    graph.sandbox.takeDown('de')
    const { data, errors } = await search('web', 'types: [PROJECT]')
    expect(data.search.filter(Boolean).length).toBeGreaterThan(0)
    expect(data.search.at(-1)).toBeNull()
    expect(errors).toMatchObject([
      { path: ['search', data.search.length - 1], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ])
  })
})

test.each([
  ['no text', '', ''],
  ['blanks', '  ', ''],
  ['a text too long', 'x'.repeat(201), ''],
  ['no results', 'web', 'first: 0'],
  ['too many results', 'web', 'first: 51'],
  ['four kinds by text', 'web', 'types: [PROJECT, TEAM, ISSUE, RELEASE]'],
])('%s: refused without any call', async (_, query, args) => {
  const { errors, requests } = await search(query, args)
  expect(errors).toMatchObject([{ path: ['search'], extensions: { code: 'BAD_USER_INPUT' } }])
  expect(requests).toEqual([])
})
