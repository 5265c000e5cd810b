import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph()
  mira = graph.signIn('mira')
})

afterAll(() => graph.close())

const document = `query ($first: Int, $after: String) { organization(slug: "lumen-freight") {
  projects(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { slug } } nodes { slug } }
} }`

interface Step {
  totalCount: number | null
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  edges: { cursor: string; node: { slug: string } }[]
  nodes: { slug: string }[]
}

async function ask(first: number, after: string | null): Promise<Step> {
  const { data, errors } = await mira.ask(document, { first, after })
  expect(errors).toEqual([])
  return data.organization.projects as Step
}

async function walk(first: number): Promise<string[]> {
  const slugs: string[] = []
  let step = await ask(first, null)
  slugs.push(...step.nodes.map(({ slug }) => slug))
  while (step.pageInfo.hasNextPage) {
    step = await ask(first, step.pageInfo.endCursor)
    slugs.push(...step.nodes.map(({ slug }) => slug))
  }
  return slugs
}

test('walking with any "first" gives every project once and in order', async () => {
  const whole = await ask(100, null)
  const slugs = whole.nodes.map(({ slug }) => slug)
  expect(whole.totalCount).toBe(slugs.length)
  expect(slugs.length).toBeGreaterThan(20)
  expect(new Set(slugs).size).toBe(slugs.length)
  for (const first of [1, 3, 7, slugs.length - 1, slugs.length]) expect(await walk(first)).toEqual(slugs)
})

test('going on from the cursor of any edge misses nothing', async () => {
  const slugs = (await ask(100, null)).nodes.map(({ slug }) => slug)
  const { edges } = await ask(6, null)
  for (const [index, { cursor }] of edges.entries()) {
    const { nodes } = await ask(4, cursor)
    expect(nodes.map(({ slug }) => slug)).toEqual(slugs.slice(index + 1, index + 5))
  }
})

test('going on inside a page asks for it again, which costs nothing while it is remembered', async () => {
  const remembering = graph.signIn('mira', { fresh: false })
  const start = await remembering.ask(document, { first: 6 })
  const after = start.data.organization.projects.edges[2].cursor
  const { data, cost } = await remembering.ask(document, { first: 3, after })
  expect(data.organization.projects.nodes).toEqual(start.data.organization.projects.nodes.slice(3))
  expect(cost).toMatchObject({ upstreamCalls: 0, cacheHits: 2 })
  // Without the memory it is one call, beside that for the organization.
  const again = await mira.ask(document, { first: 3, after })
  expect(again.cost.upstreamCalls).toBe(2)
})
