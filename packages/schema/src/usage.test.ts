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
const ask = (fields: string) => mira.ask(`{ organization(slug: "lumen-freight") { ${fields} } }`)
const report = 'stats_v2/?field=sum(quantity)&groupBy=category&groupBy=outcome'

interface WireGroup {
  by: { category: string; outcome: string; project: number }
  totals: { 'sum(quantity)': number }
  series: { 'sum(quantity)': number[] }
}

interface Group {
  rawCategory: string
  rawOutcome: string
  category: string
  outcome: string
  total: number
  series: { total: number; isIncomplete: boolean; intervalSeconds: number; points: { at: string; value: number }[] }
  project: { sentryId: string; slug: string } | null
}

describe('a chart of the usage of 14 days', () => {
  test('by category and outcome: one call, and Sentry’s numbers', async () => {
    const { data, errors, requests } = await ask(
      'usage(range: { last: "14d" }, interval: "1d") { range groups { category rawCategory outcome rawOutcome total series { total isIncomplete intervalSeconds points { at value } } } }',
    )
    expect(errors).toEqual([])
    // The other one is for the organization.
    expect(requests).toHaveLength(2)
    const { range, groups } = data.organization.usage
    expect(range).toBe('14d')
    const wire = await graph.wire('mira', `${org}/${report}&statsPeriod=14d&interval=1d`)
    expect(wire.groups.length).toBeGreaterThan(5)
    expect(
      groups.map((group: Group) => [
        group.rawCategory,
        group.rawOutcome,
        group.total,
        group.series.points.map(({ value }) => value),
      ]),
    ).toEqual(
      wire.groups.map(({ by, totals, series }: WireGroup) => [
        by.category,
        by.outcome,
        totals['sum(quantity)'],
        series['sum(quantity)'],
      ]),
    )
    for (const { category, rawCategory, outcome, rawOutcome, total, series } of groups as Group[]) {
      expect([category, outcome]).toEqual([rawCategory.toUpperCase(), rawOutcome.toUpperCase()])
      expect(series).toMatchObject({ total, isIncomplete: true, intervalSeconds: 86_400 })
      expect(series.points.map(({ at }) => Date.parse(at))).toEqual(wire.intervals.map((at: string) => Date.parse(at)))
    }
  })

  test('a span that is over is complete', async () => {
    const { data } = await ask(
      'usage(range: { between: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" } }, categories: [ERROR]) { range groups { rawCategory series { isIncomplete intervalSeconds points { at } } } }',
    )
    const { range, groups } = data.organization.usage
    expect(range).toBe('2026-11-20T00:00:00.000Z/2026-11-21T00:00:00.000Z')
    expect(groups.length).toBeGreaterThan(0)
    for (const { rawCategory, series } of groups as Group[]) {
      expect(rawCategory).toBe('error')
      expect(series).toMatchObject({ isIncomplete: false, intervalSeconds: 3600 })
      expect(series.points).toHaveLength(24)
    }
  })

  test('by project: totals alone, and the projects for one more call', async () => {
    const { data, errors, requests } = await ask(
      'usage(range: { last: "24h" }, categories: [ERROR], byProject: true) { groups { rawOutcome total series { total } project { sentryId slug } } }',
    )
    expect(errors).toEqual([])
    expect(requests).toHaveLength(3)
    const wire = await graph.wire('mira', `${org}/${report}&groupBy=project&category=error&statsPeriod=24h&project=-1`)
    expect(
      data.organization.usage.groups.map(({ rawOutcome, total, project }: Group) => [
        rawOutcome,
        total,
        project?.sentryId,
      ]),
    ).toEqual(wire.groups.map(({ by, totals }: WireGroup) => [by.outcome, totals['sum(quantity)'], String(by.project)]))
    expect(data.organization.usage.groups[0].series).toBeNull()
  })
})

test.each([
  ['interval: "30m"'],
  ['interval: "90m"'],
  ['interval: "5h"'],
  ['interval: "2d"'],
  ['categories: [ATTACHMENT, ERROR]'],
  ['categories: [UNKNOWN]'],
])('what Sentry would refuse is refused before any call: %s', async (argument) => {
  const { data, errors, requests } = await ask(`usage(range: { last: "24h" }, ${argument}) { range }`)
  expect(data.organization.usage).toBeNull()
  expect(errors).toMatchObject([{ path: ['organization', 'usage'], extensions: { code: 'BAD_USER_INPUT' } }])
  expect(requests).toHaveLength(1)
})

test('what the graph cannot know in advance Sentry refuses, by the name of its endpoint', async () => {
  graph.sandbox.fault({ path: /stats_v2/ }, { status: 400, body: { detail: 'Invalid category.' } })
  const { errors } = await ask('usage(range: { last: "24h" }, categories: [FEEDBACK]) { range }')
  expect(errors).toMatchObject([
    {
      extensions: {
        code: 'BAD_USER_INPUT',
        upstream: { status: 400, endpoint: '/api/0/organizations/{org}/stats_v2/' },
      },
    },
  ])
})

test('categories and outcomes that Sentry has added since, and numbers that it leaves out', async () => {
  const groups = [
    {
      by: { category: 'hologram', outcome: 'teleported' },
      totals: { 'sum(quantity)': 3 },
      series: { 'sum(quantity)': [1, null] },
    },
    { by: {}, totals: null },
  ]
  graph.sandbox.fault(
    { path: /stats_v2/ },
    { status: 200, body: { intervals: ['2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'], groups } },
  )
  const { data, errors } = await ask(
    'usage(range: { last: "2h" }) { groups { category rawCategory outcome rawOutcome total series { total points { value } } } }',
  )
  expect(errors).toEqual([])
  expect(data.organization.usage.groups).toEqual([
    {
      category: 'UNKNOWN',
      rawCategory: 'hologram',
      outcome: 'UNKNOWN',
      rawOutcome: 'teleported',
      total: 3,
      series: { total: 1, points: [{ value: 1 }, { value: null }] },
    },
    { category: 'UNKNOWN', rawCategory: null, outcome: 'UNKNOWN', rawOutcome: null, total: null, series: null },
  ])
})
