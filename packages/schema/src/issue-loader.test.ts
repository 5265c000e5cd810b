import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let noor: Asker
let visible: { id: string; sentryId: string }[]
let hidden: { id: string; sentryId: string }[]

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  noor = graph.signIn('noor')
  const mira = graph.signIn('mira')
  const seen: WireBody[] = await graph.wire('noor', 'organizations/lumen-freight/projects/')
  const slugs = new Set(seen.filter(({ hasAccess }) => hasAccess).map(({ slug }) => slug))
  const { data } = await mira.ask(
    '{ organization(slug: "lumen-freight") { issues(first: 100) { nodes { id sentryId project { slug } } } } }',
  )
  const byAccess = Map.groupBy<boolean, WireBody>(data.organization.issues.nodes, ({ project }) =>
    slugs.has(project.slug),
  )
  visible = (byAccess.get(true) ?? []).slice(0, 3)
  hidden = byAccess.get(false) ?? []
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askNodes = (ids: string[], fields = 'sentryId') =>
  noor.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { ${fields} } } }`, { ids })

test('issues of projects that the viewer may see are served beside one that Sentry refuses the whole list for', async () => {
  const ids = [visible[0]!, hidden[0]!, visible[1]!].map(({ id }) => id)
  const refused = await graph
    .wire(
      'noor',
      `organizations/lumen-freight/issues/?project=-1&group=${visible[0]!.sentryId}&group=${hidden[0]!.sentryId}`,
    )
    .catch(String)
  expect(refused).toMatch('403')
  const { data, errors, requests } = await askNodes(ids)
  expect(data.nodes).toEqual([{ sentryId: visible[0]!.sentryId }, null, { sentryId: visible[1]!.sentryId }])
  expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'FORBIDDEN' } }])
  expect(requests).toHaveLength(3)
})

test('however many are refused, the calls stay few', async () => {
  expect(hidden.length).toBeGreaterThan(10)
  const { data, errors, requests } = await askNodes([visible[0]!, ...hidden].map(({ id }) => id))
  expect(data.nodes.filter(Boolean)).toEqual([{ sentryId: visible[0]!.sentryId }])
  expect(errors).toHaveLength(hidden.length)
  expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(new Set(['FORBIDDEN']))
  expect(requests).toHaveLength(2)
})

test('issues that may all be seen cost one call, and one that may not alone costs one', async () => {
  expect((await askNodes(visible.map(({ id }) => id))).requests).toHaveLength(1)
  const { errors, requests } = await askNodes([hidden[0]!.id])
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  expect(requests).toHaveLength(1)
})

test('a missing scope is no matter of projects: one call', async () => {
  const narrow = graph.signIn('mira', { scopes: ['org:read'] })
  const { errors, requests } = await narrow.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: visible.map(({ id }) => id),
  })
  expect(errors).toHaveLength(visible.length)
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }, {}, {}])
  expect(requests).toHaveLength(1)
})
