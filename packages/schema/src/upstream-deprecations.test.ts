import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Graph, startGraph } from '../test/graph.ts'

let graph: Graph

beforeAll(async () => {
  graph = await startGraph()
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const teams = '{ organization(slug: "lumen-freight") { teams { nodes { slug } } } }'
const deprecations = '{ gateway { upstreamDeprecations { endpoint deprecatedOn replacement lastSeen fields } } }'

test('an endpoint that Sentry announces the end of is told, with the fields that ask it', async () => {
  const mira = graph.signIn('mira')
  expect((await mira.ask(deprecations)).data.gateway.upstreamDeprecations).toEqual([])
  const replacement = '/api/0/organizations/{organization_id_or_slug}/groups/'
  graph.sandbox.fault({ path: /\/teams\/$/ }, { deprecated: '2027-01-31T00:00:00Z', replacement })
  expect((await mira.ask(teams)).errors).toEqual([])
  const { data, requests } = await mira.ask(deprecations)
  expect(requests).toEqual([])
  expect(data.gateway.upstreamDeprecations).toEqual([
    {
      endpoint: '/api/0/organizations/{org}/teams/',
      deprecatedOn: '2027-01-31T00:00:00.000Z',
      replacement,
      lastSeen: expect.any(String),
      fields: expect.arrayContaining(['Organization.teams']),
    },
  ])
})

test('one that is gone already is told as well, beside the error', async () => {
  const mira = graph.signIn('mira')
  graph.sandbox.fault({ path: /\/teams\/$/ }, { deprecated: '2020-01-01', brownout: 'always' })
  expect((await mira.ask(teams)).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_GONE' } }])
  expect((await mira.ask(deprecations)).data.gateway.upstreamDeprecations).toMatchObject([
    { endpoint: '/api/0/organizations/{org}/teams/', replacement: null },
  ])
})
