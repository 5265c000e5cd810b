import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph, type WireBody } from '../test/graph.ts'

let graph: Graph
let mira: Asker

const wire = (path: string) => graph.wire('mira', path)

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const askIn = (fields: string, variables: Record<string, unknown> = {}, parameters = '') =>
  mira.ask(`query ${parameters} { organization(slug: "lumen-freight") { ${fields} } }`, variables)

const instant = (text: string | null) => text && new Date(text).toISOString()

describe('alerts', () => {
  test('are those that Sentry lists as workflows', async () => {
    const listed: WireBody[] = await wire('organizations/lumen-freight/workflows/?per_page=100')
    const { data, errors, requests } = await askIn(
      'alerts(first: 100) { totalCount nodes { sentryId name isEnabled environment lastTriggered rawOwner dateCreated } }',
    )
    expect(errors).toEqual([])
    expect(listed.length).toBeGreaterThan(3)
    expect(data.organization.alerts).toEqual({
      totalCount: listed.length,
      nodes: listed.map((alert) => ({
        sentryId: alert.id,
        name: alert.name,
        isEnabled: alert.enabled,
        environment: alert.environment,
        lastTriggered: instant(alert.lastTriggered),
        rawOwner: alert.owner,
        dateCreated: instant(alert.dateCreated),
      })),
    })
    expect(requests).toHaveLength(2)
  })

  test('can be searched', async () => {
    const [{ name }] = await wire('organizations/lumen-freight/workflows/?per_page=1')
    const { data } = await askIn('alerts(query: $query) { nodes { name } }', { query: name }, '($query: String)')
    expect(data.organization.alerts.nodes).toContainEqual({ name })
  })

  test('come again by their ids, all of an organization in one call', async () => {
    const { data } = await askIn('alerts(first: 3) { nodes { id name } }')
    const { nodes } = data.organization.alerts
    const again = await mira.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Alert { id name } } }', {
      ids: nodes.map(({ id }: WireBody) => id),
    })
    expect(again.data.nodes).toEqual(nodes)
    expect(again.requests).toHaveLength(1)
  })

  test('may lack a name, and everything but an id', async () => {
    graph.sandbox.fault({ path: /\/workflows\/$/ }, { status: 200, body: [{ id: 9, enabled: 'yes' }] })
    const { data, errors } = await askIn('alerts { nodes { name } }')
    expect(data.organization.alerts).toBeNull()
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_INVALID' } }])
    graph.sandbox.clearFaults()
    graph.sandbox.fault({ path: /\/workflows\/$/ }, { status: 200, body: [{ id: 9, name: null }] })
    const { data: found } = await askIn('alerts { nodes { sentryId name isEnabled lastTriggered } }')
    expect(found.organization.alerts.nodes).toEqual([
      { sentryId: '9', name: '9', isEnabled: null, lastTriggered: null },
    ])
  })
})
