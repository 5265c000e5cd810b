import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

test('an issue is asked for while its organization is: neither waits for the other', async () => {
  graph.sandbox.fault({ path: '/api/0/organizations/lumen-freight/' }, 'silence')
  graph.sandbox.clearRequests()
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const asked = graph
    .signIn('mira', { signal: leaving.signal })
    .ask('{ organization(slug: "lumen-freight") { issue(shortId: "A-1") { id } } }')
  const areAsked = () => {
    const paths = graph.sandbox.requests.map(({ path }) => path.replace('/api/0/organizations/lumen-freight/', ''))
    expect(paths.toSorted()).toEqual(['', 'shortids/A-1/'])
  }
  await vi.waitFor(areAsked, { timeout: 10_000 })
  leaving.abort()
  expect((await asked).data).toEqual({ organization: null })
})

test('an issue of an organization that is not found is no error of its own, and one call that ends before the answer', async () => {
  graph.sandbox.fault({ path: /shortids/ }, { delayMs: 50 })
  const answer = await mira.ask(
    '{ organization(slug: "nowhere") { a: issue(shortId: "A-1") { id } b: issue(shortId: "B-1") { id } } }',
  )
  expect(answer.data).toEqual({ organization: null })
  expect(answer.errors).toMatchObject([{ path: ['organization'], extensions: { code: 'NOT_FOUND' } }])
  expect(answer.requests).toHaveLength(2)
})

test('two issues of an organization that is found by its number are each asked for once', async () => {
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { sentryId issues(first: 2) { nodes { id shortId } } } }',
  )
  const { sentryId, issues } = data.organization
  const [one, two] = issues.nodes
  const answer = await mira.ask(
    `query ($number: String!, $one: String!, $two: String!) {
      organization(slug: $number) { a: issue(shortId: $one) { id } b: issue(shortId: $two) { id } }
    }`,
    { number: sentryId, one: one.shortId, two: two.shortId },
  )
  expect(answer.errors).toEqual([])
  expect(answer.data.organization).toEqual({ a: { id: one.id }, b: { id: two.id } })
  expect(answer.requests).toHaveLength(3)
})

test('an issue by null for a variable that has a default is refused where it stands, and nothing beside it', async () => {
  const answer = await mira.ask(
    'query ($shortId: String = "A-1") { organization(slug: "lumen-freight") { name issue(shortId: $shortId) { id } } }',
    { shortId: null },
  )
  expect(answer.data.organization).toEqual({ name: 'Lumen Freight', issue: null })
  expect(answer.errors).toMatchObject([{ path: ['organization', 'issue'] }])
})

test('an issue by what is no short id is refused, and not asked for', async () => {
  const { data, errors, requests } = await mira.ask(
    '{ organization(slug: "lumen-freight") { name issue(shortId: "../A-1") { id } } }',
  )
  expect(data.organization).toMatchObject({ name: expect.any(String), issue: null })
  expect(errors).toMatchObject([{ path: ['organization', 'issue'], extensions: { code: 'BAD_USER_INPUT' } }])
  expect(requests).toHaveLength(1)
})
