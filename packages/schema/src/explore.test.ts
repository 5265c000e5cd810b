import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let mira: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  mira = graph.signIn('mira')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const org = 'organizations/lumen-freight'
const ask = (fields: string, variables: Record<string, unknown> = {}, declared = '') =>
  mira.ask(`query${declared} { organization(slug: "lumen-freight") { ${fields} } }`, variables)
const table = 'columns { name type unit } rows pageInfo { hasNextPage endCursor }'

describe('a table of events', () => {
  test('is Sentry’s, by the names that were asked for: one call', async () => {
    const { data, errors, requests } = await ask(
      `explore(dataset: ERRORS, fields: ["title", "count()", "p95(span.duration)", "last_seen()"], sort: "-count()", range: { last: "14d" }, first: 10) { ${table} }`,
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const wire = await graph.wire(
      'mira',
      `${org}/events/?dataset=errors&field=title&field=count()&field=p95(span.duration)&field=last_seen()&sort=-count()&statsPeriod=14d&per_page=10&project=-1`,
    )
    expect(wire.data).toHaveLength(10)
    const { columns, rows, pageInfo } = data.organization.explore
    const names = ['title', 'count()', 'p95(span.duration)', 'last_seen()']
    expect(columns).toEqual(names.map((name) => ({ name, type: wire.meta.fields[name], unit: wire.meta.units[name] })))
    expect(columns[2]).toMatchObject({ type: 'duration', unit: 'millisecond' })
    expect(rows).toEqual(wire.data.map((row: Record<string, unknown>) => names.map((name) => row[name])))
    expect(pageInfo.hasNextPage).toBe(true)
  })

  test('goes as far back as Sentry keeps events, and says so', async () => {
    const { requests } = await ask('explore(dataset: ERRORS, fields: ["title"], first: 1) { rows } tagKeys { key }')
    const periods = requests.slice(1).map(({ query }) => new URLSearchParams(query).get('statsPeriod'))
    expect(periods).toEqual(['90d', '90d'])
  })

  test('is walked, and a cursor is of no other question', async () => {
    const page =
      'explore(dataset: ERRORS, fields: $fields, sort: "-count()", range: { last: "7d" }, first: 3, after: $after) { rows pageInfo { endCursor } }'
    const declared = '($fields: [String!]!, $after: String)'
    const fields = ['title', 'count()']
    const one = await ask(page, { fields }, declared)
    const after = one.data.organization.explore.pageInfo.endCursor
    const two = await ask(page, { fields, after }, declared)
    const wire = await graph.wire(
      'mira',
      `${org}/events/?dataset=errors&field=title&field=count()&sort=-count()&statsPeriod=7d&per_page=6&project=-1`,
    )
    expect([...one.data.organization.explore.rows, ...two.data.organization.explore.rows]).toEqual(
      wire.data.map((row: Record<string, unknown>) => [row['title'], row['count()']]),
    )
    for (const foreign of [
      { fields: ['count()'], after },
      { fields, after: 'nonsense' },
    ]) {
      const { errors, requests } = await ask(page, foreign, declared)
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
      expect(requests).toHaveLength(1)
    }
  })

  test.each([
    ['no fields', { fields: [] }],
    ['too many', { fields: Array.from({ length: 21 }, (_, index) => `tags[t${index}]`) }],
    ['an empty one', { fields: [' '] }],
    ['an order by something else', { fields: ['title'], sort: '-count()' }],
    ['projects of nowhere', { fields: ['title'], projects: ['1'] }],
  ])('%s: refused before any call', async (_, variables) => {
    const { data, errors, requests } = await ask(
      'explore(dataset: ERRORS, fields: $fields, sort: $sort, projectIds: $projects) { rows }',
      variables,
      '($fields: [String!]!, $sort: String, $projects: [ID!])',
    )
    expect(data.organization.explore).toBeNull()
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['a function that does not exist', 'fields: ["guess()"]'],
    ['a search that does not parse', 'fields: ["title"], query: "level:["'],
  ])('%s: Sentry refuses it', async (_, args) => {
    graph.sandbox.fault({ path: /\/events\/$/ }, { status: 400, body: { detail: 'Invalid.' } })
    const { errors } = await ask(`explore(dataset: ERRORS, ${args}) { rows }`)
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          upstream: { status: 400, endpoint: '/api/0/organizations/{org}/events/' },
        },
      },
    ])
  })

  test('holds whatever Sentry sends: other columns, missing values, no meta', async () => {
    graph.sandbox.fault(
      { path: /\/events\/$/ },
      { status: 200, body: { data: [{ 'issue.id': 7, title: null }, { title: ['a', { b: 1 }] }] } },
    )
    const { data, errors } = await ask(`explore(dataset: LOGS, fields: ["title", "message"]) { ${table} }`)
    expect(errors).toEqual([])
    expect(data.organization.explore).toMatchObject({
      columns: [
        { name: 'title', type: null, unit: null },
        { name: 'message', type: null, unit: null },
      ],
      rows: [
        [null, null],
        [['a', { b: 1 }], null],
      ],
    })
  })
})

describe('a series of events', () => {
  test('is Sentry’s: one call', async () => {
    const { data, errors, requests } = await ask(
      'timeSeries(dataset: ERRORS, query: "level:error", range: { last: "24h" }) { total isIncomplete intervalSeconds start end points { at value } }',
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(2)
    const wire = await graph.wire(
      'mira',
      `${org}/events-timeseries/?dataset=errors&yAxis=count()&query=level:error&statsPeriod=24h&interval=1h&project=-1`,
    )
    type Value = { timestamp: number; value: number; incomplete: boolean }
    const values: Value[] = wire.timeSeries[0].values
    const { points, ...series } = data.organization.timeSeries
    expect(points.map(({ at, value }: { at: string; value: number }) => [Date.parse(at), value])).toEqual(
      values.map(({ timestamp, value }) => [timestamp, value]),
    )
    expect(series).toMatchObject({
      total: values.reduce((sum, { value }) => sum + value, 0),
      isIncomplete: values.some(({ incomplete }) => incomplete),
      intervalSeconds: 3600,
    })
    expect(series.total).toBeGreaterThan(0)
  })

  test('of what cannot be added up there is no total; without projects there is none at all', async () => {
    const { data } = await ask(
      'timeSeries(dataset: ERRORS, yAxis: "count_unique(issue)", range: { last: "24h" }) { total points { value } }',
    )
    expect(data.organization.timeSeries.total).toBeNull()
    expect(data.organization.timeSeries.points.length).toBeGreaterThan(20)
    graph.sandbox.fault(
      { path: /events-timeseries/ },
      { status: 200, body: { meta: { start: 0, end: 0 }, timeSeries: [] } },
    )
    const none = await ask('timeSeries(dataset: ERRORS, range: { last: "24h" }) { total }')
    expect([none.data.organization.timeSeries, none.errors]).toEqual([null, []])
  })

  test.each([['interval: "3d"'], ['yAxis: ""']])('%s is refused before any call', async (argument) => {
    const { errors, requests } = await ask(`timeSeries(dataset: SPANS, range: { last: "24h" }, ${argument}) { total }`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(requests).toHaveLength(1)
  })
})

describe('the tags of events', () => {
  test('of all projects, or of some: one call', async () => {
    const { data, errors, requests } = await ask(
      'tagKeys { key name uniqueValues totalValues } projects(first: 1) { nodes { id sentryId } }',
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(3)
    const wire: { key: string; name: string }[] = await graph.wire('mira', `${org}/tags/?dataset=events&project=-1`)
    expect(data.organization.tagKeys.map(({ key, name }: { key: string; name: string }) => [key, name])).toEqual(
      wire.map(({ key, name }) => [key, name]),
    )
    const [{ id, sentryId }] = data.organization.projects.nodes
    const some = await ask('tagKeys(projectIds: $ids, range: { last: "14d" }) { key }', { ids: [id] }, '($ids: [ID!])')
    const ofProject: { key: string }[] = await graph.wire(
      'mira',
      `${org}/tags/?dataset=events&project=${sentryId}&statsPeriod=14d`,
    )
    expect(some.data.organization.tagKeys).toEqual(ofProject.map(({ key }) => ({ key })))
  })
})
