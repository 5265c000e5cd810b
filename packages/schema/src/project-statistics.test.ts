import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, type Graph, startGraph } from '../test/graph.ts'

let graph: Graph
let astrid: Asker

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  astrid = graph.signIn('astrid')
})

afterEach(() => graph.sandbox.clearFaults())
afterAll(() => graph.close())

const org = 'organizations/northstar-retail'
const day = '{ last: "24h" }'

const askProjects = (fields: string, first = 24) =>
  astrid.ask(
    `{ organization(slug: "northstar-retail") { projects(first: ${first}) { nodes { sentryId slug ${fields} } } } }`,
  )

interface Row {
  sentryId: string
  slug: string
  errorSeries: { total: number; isIncomplete: boolean; intervalSeconds: number; points: { value: number }[] } | null
  errorCount: number | null
  crashFreeRate: { sessions: number | null; users: number | null } | null
  activeIssueCount: number | null
}

const compare = (one: string, other: string) => one.localeCompare(other)
const callsOf = (requests: { path: string }[]) =>
  requests.map(({ path }) => path.split('/').at(-2) ?? '').toSorted(compare)

const totalsByProject = (
  answer: { groups: { by: { project: number }; totals: Record<string, number | null> }[] },
  field: string,
) => new Map(answer.groups.map(({ by, totals }) => [String(by.project), totals[field] ?? null]))

const grid = `name teams { name }
  errorSeries(range: ${day}) { total isIncomplete intervalSeconds points { at value } }
  errorCount(range: ${day})
  crashFreeRate(range: ${day}) { sessions users }
  activeIssueCount(range: ${day})`

describe('the grid of 24 projects in an organization of 400', () => {
  test('costs seven calls beside the organization, and its numbers are Sentry’s', async () => {
    const { data, errors, requests, cost } = await askProjects(grid)
    expect(errors).toEqual([])
    expect(callsOf(requests)).toEqual([
      'events',
      'events-timeseries',
      'events-timeseries',
      'events-timeseries',
      'northstar-retail',
      'projects',
      'sessions',
      'stats_v2',
    ])
    expect(cost.estimated).toBe(cost.upstreamCalls)
    const rows: Row[] = data.organization.projects.nodes
    expect(rows).toHaveLength(24)
    const usage = await graph.wire(
      'astrid',
      `${org}/stats_v2/?field=sum(quantity)&groupBy=project&category=error&outcome=accepted&statsPeriod=24h&project=-1`,
    )
    const sessions = await graph.wire(
      'astrid',
      `${org}/sessions/?field=crash_free_rate(session)&groupBy=project&statsPeriod=24h&interval=1h&includeSeries=0&project=-1`,
    )
    const rates = totalsByProject(sessions, 'crash_free_rate(session)')
    const counts = totalsByProject(usage, 'sum(quantity)')
    for (const { sentryId, errorCount, crashFreeRate } of rows) {
      expect(errorCount).toBe(counts.get(sentryId) ?? 0)
      expect(crashFreeRate?.sessions ?? null).toBe(rates.get(sentryId) ?? null)
    }
    expect(rows.some(({ errorCount }) => (errorCount ?? 0) > 0)).toBe(true)
    expect(rows.some(({ crashFreeRate }) => crashFreeRate === null)).toBe(true)
    expect(rows.some(({ crashFreeRate }) => (crashFreeRate?.sessions ?? 0) > 0.9)).toBe(true)
  })

  test('each series is the one that Sentry tells of the project alone', async () => {
    const { data } = await askProjects(
      `errorSeries(range: ${day}) { total isIncomplete intervalSeconds points { value } } activeIssueCount(range: ${day})`,
      12,
    )
    const rows: Row[] = data.organization.projects.nodes
    for (const { sentryId, errorSeries, activeIssueCount } of rows) {
      const alone = await graph.wire(
        'astrid',
        `${org}/events-timeseries/?dataset=errors&statsPeriod=24h&interval=1h&project=${sentryId}`,
      )
      const values: number[] = alone.timeSeries[0].values.map(({ value }: { value: number }) => value)
      expect(errorSeries?.points.map(({ value }) => value)).toEqual(values)
      expect(errorSeries).toMatchObject({
        total: values.reduce((sum, value) => sum + value, 0),
        intervalSeconds: 3600,
        isIncomplete: true,
      })
      const issues = await graph.wire(
        'astrid',
        `${org}/events/?dataset=errors&field=issue&field=count()&statsPeriod=24h&per_page=100&project=${sentryId}`,
      )
      expect(activeIssueCount).toBe(issues.data.length)
    }
    expect(rows.some(({ errorSeries }) => errorSeries?.total === 0)).toBe(true)
    expect(rows.some(({ errorSeries }) => (errorSeries?.total ?? 0) > 0)).toBe(true)
  })

  test('what differs in its question is asked for apart, the same is not', async () => {
    const { data, requests, errors } = await askProjects(
      `a: errorCount(range: ${day}) b: errorCount(range: ${day}) c: errorCount(range: { last: "7d" })`,
    )
    expect(errors).toEqual([])
    expect(callsOf(requests)).toEqual(['northstar-retail', 'projects', 'stats_v2', 'stats_v2'])
    const week = await graph.wire(
      'astrid',
      `${org}/stats_v2/?field=sum(quantity)&groupBy=project&category=error&outcome=accepted&statsPeriod=7d&interval=1h&project=-1`,
    )
    const counts = totalsByProject(week, 'sum(quantity)')
    for (const { sentryId, c } of data.organization.projects.nodes) expect(c).toBe(counts.get(sentryId) ?? 0)
  })
})

describe('whose siblings are asked for together', () => {
  test('those of each organization, in its region', async () => {
    const { data, errors, requests } = await graph
      .signIn('mira')
      .ask(
        `{ viewer { organizations { nodes { slug projects(first: 5) { nodes { slug errorCount(range: ${day}) } } } } } }`,
      )
    expect(errors).toEqual([])
    const statistics = requests.filter(({ path }) => path.endsWith('/stats_v2/'))
    expect(statistics.map(({ host }) => host).toSorted(compare)).toEqual(['de', 'us', 'us'])
    // The organizations, their projects, their numbers.
    expect(requests).toHaveLength(1 + 3 + 3)
    for (const { projects } of data.viewer.organizations.nodes) {
      for (const { errorCount } of projects.nodes) expect(errorCount).toEqual(expect.any(Number))
    }
  })

  test('also those that were found by their ids, and those that somebody else may not see all of', async () => {
    const noor = graph.signIn('noor')
    const { data } = await noor.ask('{ organization(slug: "lumen-freight") { projects(first: 100) { nodes { id } } } }')
    const ids: string[] = data.organization.projects.nodes.map(({ id }: { id: string }) => id)
    const {
      data: found,
      errors,
      requests,
    } = await noor.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project { slug crashFreeRate(range: ${day}) { sessions } activeIssueCount(range: ${day}) } } }`,
      { ids },
    )
    expect(errors).toEqual([])
    expect(found.nodes).toHaveLength(ids.length)
    expect(callsOf(requests)).toEqual(['events', 'projects', 'sessions'])
  })
})

const names: string[] = []
async function somePair(): Promise<[string, string]> {
  if (names.length === 0) {
    const { data } = await askProjects('', 2)
    names.push(...data.organization.projects.nodes.map(({ slug }: { slug: string }) => slug))
  }
  return [names[0] ?? '', names[1] ?? '']
}

const start = Date.parse('2026-11-23T10:00:00Z')
const hours = (value: number | null) =>
  Array.from({ length: 24 }, (_, index) => ({ timestamp: start + index * 3_600_000, value, incomplete: false }))
const meta = { dataset: 'errors', start, end: start + 24 * 3_600_000 }
const seriesOf = (project: string, value: number | null, isOther = false) => ({
  yAxis: 'count()',
  groupBy: isOther ? null : [{ key: 'project', value: project }],
  values: hours(value),
  meta: { valueType: 'integer', interval: 3_600_000, isOther },
})

const answer = (body: unknown) => graph.sandbox.fault({ path: /events-timeseries/ }, { status: 200, body })
const totals = async () => {
  const { data, errors } = await askProjects(`errorSeries(range: ${day}) { total points { value } }`, 2)
  expect(errors).toEqual([])
  return data.organization.projects.nodes.map(({ errorSeries }: Row) => errorSeries?.total ?? null)
}

describe('what a missing project proves', () => {
  test('nothing happened in it, where every series of the answer is of a project that was asked for', async () => {
    const [first] = await somePair()
    answer({ meta, timeSeries: [seriesOf(first, 2)] })
    expect(await totals()).toEqual([48, 0])
    graph.sandbox.clearFaults()
    answer({ meta, timeSeries: [] })
    expect(await totals()).toEqual([0, 0])
  })

  test('nothing is known of it, where Sentry keeps a rest of which it does not say whose it is', async () => {
    const [first] = await somePair()
    answer({ meta, timeSeries: [seriesOf(first, 2), seriesOf('', 1, true)] })
    expect(await totals()).toEqual([48, null])
  })

  test.each([
    ['a bare list', []],
    ['no span', { meta: { start: 0, end: 0 }, timeSeries: [] }],
    ['no meta', { timeSeries: [] }],
  ])('nothing is known where the answer says nothing: %s', async (_, body) => {
    answer(body)
    expect(await totals()).toEqual([null, null])
  })

  test('a point without a value is not zero', async () => {
    const [first, second] = await somePair()
    answer({ meta, timeseries: [seriesOf(first, null), seriesOf(second, 3)] })
    const { data } = await askProjects(`errorSeries(range: ${day}) { total points { value } }`, 2)
    const [{ errorSeries }] = data.organization.projects.nodes
    expect(errorSeries.total).toBeNull()
    expect(errorSeries.points[0]).toEqual({ value: null })
  })
})

describe('what goes wrong', () => {
  test('one kind of number fails alone', async () => {
    graph.sandbox.fault({ path: /stats_v2/ }, { status: 429, body: { detail: 'Too frequently.' } })
    const { data, errors } = await askProjects(`errorCount(range: ${day}) crashFreeRate(range: ${day}) { sessions }`, 3)
    expect(data.organization.projects.nodes.map(({ errorCount }: Row) => errorCount)).toEqual([null, null, null])
    expect(errors).toHaveLength(3)
    expect(errors[0]).toMatchObject({
      path: ['organization', 'projects', 'nodes', 0, 'errorCount'],
      extensions: { code: 'RATE_LIMITED', upstream: { endpoint: '/api/0/organizations/{org}/stats_v2/' } },
    })
  })

  test('groups without numbers are unknown, ids are numbers or texts', async () => {
    const { data: known } = await askProjects('', 2)
    const [one, two]: Row[] = known.organization.projects.nodes
    graph.sandbox.fault(
      { path: /stats_v2/ },
      {
        status: 200,
        body: {
          groups: [
            { by: { project: one?.sentryId }, totals: { 'sum(quantity)': null } },
            { by: { project: Number(two?.sentryId) }, totals: { 'sum(quantity)': 4 } },
          ],
        },
      },
    )
    const { data, errors } = await askProjects(`errorCount(range: ${day})`, 2)
    expect(errors).toEqual([])
    expect(data.organization.projects.nodes.map(({ errorCount }: Row) => errorCount)).toEqual([null, 4])
  })

  test.each([
    ['interval: "2d"', 'longer'],
    ['interval: "1s"', '10000'],
  ])('an interval that Sentry would not keep is refused before any call: %s', async (argument, text) => {
    const { errors, requests } = await askProjects(`errorSeries(range: ${day}, ${argument}) { total }`, 1)
    expect(errors).toMatchObject([{ message: expect.stringContaining(text), extensions: { code: 'BAD_USER_INPUT' } }])
    expect(callsOf(requests)).toEqual(['northstar-retail', 'projects'])
  })
})
