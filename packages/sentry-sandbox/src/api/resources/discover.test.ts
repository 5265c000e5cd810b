import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, readLinks, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

const now = new Date('2026-10-01T12:34:00Z')
let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

type Row = Record<string, string | number | null>
interface Table {
  data: Row[]
  meta: { fields: Record<string, string>; units: Record<string, string | null>; dataset: string }
}
interface Series {
  yAxis: string
  groupBy?: { key: string; value: string }[] | null
  values: { timestamp: number; value: number; incomplete: boolean; comparisonValue?: number }[]
  meta: { interval: number; order?: number; isOther?: boolean; valueType: string }
}
interface TimeSeries {
  meta: { dataset: string; start: number; end: number }
  timeSeries: Series[]
}

const path = 'organizations/lumen-freight'
const week = 'start=2026-09-21T00:00:00Z&end=2026-09-28T00:00:00Z'
const events = `${path}/events/?dataset=errors&project=-1&${week}`
const series = `${path}/events-timeseries/?dataset=errors&project=-1&${week}`
const walk = async (query: string, client = mira) =>
  (await walkPages(client, `${events}&${query}`)).flatMap(({ body }) => (body as Table).data)
const draw = async (query: string, client = mira) => (await client(`${series}&${query}`)).body as TimeSeries
const add = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)
const sumOf = ({ values }: Series) => add(values.map(({ value }) => value))
const countOf = async (query = '', client = mira) =>
  Number((await walk(`field=count()${query}`, client))[0]?.['count()'])
const acceptedOf = async (query = '') => {
  const { body } = await mira(`${path}/stats_v2/?field=sum(quantity)&category=error&outcome=accepted&${week}${query}`)
  return (body as { groups: { totals: Record<string, number> }[] }).groups[0]?.totals['sum(quantity)']
}

test('rows, series, usage and the statistics of projects count the same errors', async () => {
  const count = await countOf()
  expect(count).toBeGreaterThan(1000)
  expect(await acceptedOf()).toBe(count)
  const { timeSeries } = await draw('interval=1h')
  expect(timeSeries.map(sumOf)).toEqual([count])
  const { body } = await mira(`${path}/events-stats/?project=-1&${week}&interval=1d`)
  const points = (body as { data: [number, [{ count: number }]][] }).data
  expect(add(points.map(([, [point]]) => point.count))).toBe(count)
  const [since, until] = [Date.parse('2026-09-21T00:00:00Z') / 1000, Date.parse('2026-09-28T00:00:00Z') / 1000 - 1]
  const stats = await mira(`projects/lumen-freight/ledger/stats/?stat=generated&since=${since}&until=${until}`)
  const byProject = await walk('field=project&field=count()')
  expect(add((stats.body as [number, number][]).map(([, number]) => number))).toBe(
    byProject.find((row) => row['project'] === 'ledger')?.['count()'],
  )
})

test.each(['level', 'issue', 'title', 'release', 'environment', 'tags[region]', 'user.display'])(
  'groups by %s add up to the whole',
  async (field) => {
    const query = '&query=project:[ledger,checkout,helpdesk]'
    const counts = (await walk(`field=${field}&field=count()${query}`)).map((row) => Number(row['count()']))
    expect(counts.length).toBeGreaterThan(0)
    expect(add(counts)).toBe(await countOf(query))
  },
)

test('single events are as many as their count, newest first, each once', async () => {
  const query = '&query=project:ledger'
  const rows = await walk(`field=id&field=timestamp${query}`)
  expect(rows).toHaveLength(await countOf(query))
  const moments = rows.map(({ timestamp }) => String(timestamp))
  expect(moments).toEqual(moments.toSorted().toReversed())
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(moments[0]).toMatch(/^2026-09-2\dT\d\d:\d\d:\d\d\+00:00$/)
})

test('the key of a column is what was asked for, with its type and unit', async () => {
  const fields = ['issue', 'count()', 'count_unique(user)', 'last_seen()', 'p95(transaction.duration)', 'epm()']
  const { body } = await mira(`${events}&${fields.map((field) => `field=${field}`).join('&')}&per_page=1`)
  const { data, meta } = body as Table
  expect(Object.keys(data[0] ?? {}).toSorted()).toEqual([...fields, 'issue.id'].toSorted())
  expect(meta).toMatchObject({
    dataset: 'errors',
    fields: {
      issue: 'string',
      'issue.id': 'integer',
      'count()': 'integer',
      'count_unique(user)': 'integer',
      'last_seen()': 'date',
      'p95(transaction.duration)': 'duration',
      'epm()': 'rate',
    },
    units: { 'count()': null, 'p95(transaction.duration)': 'millisecond', 'epm()': '1/minute' },
  })
  expect(typeof data[0]?.['issue.id']).toBe('number')
  expect(data[0]?.['p95(transaction.duration)']).toBeNull()
})

test('rows sort both ways and by several columns, also by the short name of a function', async () => {
  const counts = (await walk('field=project&field=count()&sort=-count()')).map((row) => Number(row['count()']))
  expect(counts).toEqual(counts.toSorted((left, right) => right - left))
  expect(await walk('field=project&field=count()&sort=-count')).toEqual(
    await walk('field=project&field=count()&sort=-count()'),
  )
  const levels = (await walk('field=level&field=project&field=count()&sort=level&sort=-project')).map(
    (row) => `${row['level']}`,
  )
  expect(levels).toEqual(levels.toSorted())
})

test('a search and its opposite are the whole', async () => {
  const count = await countOf()
  for (const term of [
    'level:error',
    'environment:production',
    'project:ledger',
    'title:*timeout*',
    'has:user',
    'timestamp:>2026-09-25',
  ]) {
    expect((await countOf(`&query=${term}`)) + (await countOf(`&query=!${term}`))).toBe(count)
  }
  expect(await countOf('&environment=production')).toBe(await countOf('&query=environment:production'))
})

test('pages have both relations, and their cursors walk the whole list', async () => {
  const { headers } = await mira(`${events}&field=issue&field=count()&per_page=5`)
  expect(readLinks(headers)).toMatchObject({
    previous: { results: 'false' },
    next: { results: 'true', cursor: '0:5:0' },
  })
  const pages = await walkPages(mira, `${events}&field=issue&field=count()&per_page=50`)
  const issues = pages.flatMap(({ body }) => (body as Table).data.map(({ issue }) => issue))
  expect(new Set(issues).size).toBe(issues.length)
})

test('a member counts what their teams own, and may not ask for more', async () => {
  expect(await countOf('', noor)).toBeLessThan(await countOf())
  expect((await noor(`${path}/events/?dataset=errors&field=count()&project=edge-proxy`)).status).toBe(403)
  const { body } = await noor(`${path}/events/?dataset=errors&field=count()&project=-1&query=project:edge-proxy`)
  expect(body).toEqual({
    detail: 'Invalid query. Project(s) edge-proxy do not exist or are not actively selected.',
  })
})

test('other datasets are there and empty', async () => {
  const { body } = await mira(`${path}/events/?dataset=spans&field=span.op&field=p95(span.duration)&project=-1`)
  expect(body).toMatchObject({ data: [], meta: { dataset: 'spans' } })
})

test('a series is in milliseconds throughout, and marks what may still change', async () => {
  const { body } = await mira(`${path}/events-timeseries/?dataset=errors&project=-1&statsPeriod=24h&interval=1h`)
  const { meta, timeSeries } = body as TimeSeries
  expect(meta).toEqual({ dataset: 'errors', start: now.getTime() - 86_400_000, end: now.getTime() })
  expect(timeSeries[0]?.meta).toEqual({ valueType: 'integer', valueUnit: null, interval: 3_600_000 })
  const incomplete = timeSeries[0]?.values.filter((point) => point.incomplete) ?? []
  expect(incomplete.map(({ timestamp }) => timestamp)).toEqual([Date.parse('2026-10-01T12:00:00Z')])
})

test('the largest groups come in order, and the others make up the rest', async () => {
  const query = 'groupBy=project&topEvents=3&sort=-count()&interval=1d'
  const { timeSeries } = await draw(query)
  const largest = (await walk('field=project&field=count()&sort=-count()')).slice(0, 3)
  expect(timeSeries.slice(0, 3).map((one) => [one.groupBy?.[0]?.value, sumOf(one), one.meta.order])).toEqual(
    largest.map((row, order) => [row['project'], row['count()'], order]),
  )
  expect(timeSeries[3]?.meta).toMatchObject({ isOther: true, order: 3 })
  expect(add(timeSeries.map(sumOf))).toBe(await countOf())
  expect((await draw(`${query}&excludeOther=1`)).timeSeries).toEqual(timeSeries.slice(0, 3))
})

test('groups by what differs between events add up as well', async () => {
  const { timeSeries } = await draw('groupBy=environment&topEvents=10&sort=-count()&interval=1d')
  expect(add(timeSeries.map(sumOf))).toBe(await countOf())
})

test('several axes are several series, and a comparison is the range before', async () => {
  const { timeSeries } = await draw('yAxis=count()&yAxis=count_unique(user)&interval=1d')
  expect(timeSeries.map(({ yAxis }) => yAxis)).toEqual(['count()', 'count_unique(user)'])
  const compared = (await draw(`interval=1d&comparisonDelta=${7 * 86_400}`)).timeSeries[0]
  const before = (await mira(`${path}/events/?dataset=errors&project=-1&field=count()&start=2026-09-14&end=2026-09-21`))
    .body
  expect(add(compared?.values.map((point) => point.comparisonValue ?? 0) ?? [])).toBe(
    (before as Table).data[0]?.['count()'],
  )
})

test('an interval that cannot be used is replaced', async () => {
  expect((await draw('interval=sometimes')).timeSeries[0]?.meta.interval).toBe(1_800_000)
  expect((await draw('interval=30d')).timeSeries[0]?.meta.interval).toBe(1_800_000)
  expect((await draw('interval=21600')).timeSeries[0]?.meta.interval).toBe(21_600_000)
})

test('older clients get seconds, and a map by group', async () => {
  const { body } = await mira(
    `${path}/events-stats/?project=-1&${week}&interval=1d&field=project&topEvents=2&sort=-count()`,
  )
  const groups = Object.entries(body as Record<string, { order: number; data: unknown[] }>)
  expect(groups.map(([, { order }]) => order)).toEqual([0, 1, 2])
  expect(groups.at(-1)?.[0]).toBe('Other')
})

test.each([
  ['events/?dataset=errors', 'No columns selected'],
  [
    'events/?dataset=dreams&field=title',
    'dataset must be one of: discover, errors, transactions, spans, logs, profile_functions, tracemetrics, uptime_results, issuePlatform, metrics, metricsEnhanced',
  ],
  ['events/?dataset=errors&field=guess()', 'guess is not a valid function'],
  ['events/?dataset=errors&field=count_unique()', 'count_unique: expected 1 argument(s)'],
  ['events/?dataset=errors&field=two words', 'Invalid characters in field two words'],
  ['events/?dataset=errors&field=title&sort=-count()', 'Cannot sort by a field that is not selected.'],
  [
    `events/?dataset=errors&${Array.from({ length: 21 }, (_, index) => `field=tag${index}`).join('&')}`,
    'You can view up to 20 fields at a time. Please delete some and try again.',
  ],
  ['events/?dataset=errors&field=title&per_page=101', 'Invalid per_page value. Cannot exceed 100.'],
  ['events/?dataset=errors&field=title&cursor=next', 'Invalid cursor parameter.'],
  ['events/?dataset=errors&field=title&statsPeriod=null', "Invalid date range: Invalid statsPeriod: 'null'"],
  ['events-timeseries/?dataset=errors&topEvents=11&groupBy=title', 'Can only get up to 10 top events'],
  ['events-timeseries/?dataset=errors&topEvents=0&groupBy=title', 'topEvents needs to be at least 1'],
  ['events-timeseries/?dataset=errors&topEvents=few&groupBy=title', 'topEvents must be an integer'],
  ['events-timeseries/?dataset=errors&topEvents=2', 'groupBy is a required parameter when doing topEvents'],
  ['events-timeseries/?dataset=errors&topEvents=2&groupBy=timestamp', 'Cannot group by timestamp'],
  ['events-timeseries/?dataset=errors&yAxis=title', 'title is not a valid function'],
  ['events-timeseries/?dataset=errors&comparisonDelta=long', 'comparisonDelta must be an integer'],
  [
    'events-timeseries/?dataset=errors&statsPeriod=90d&interval=1m',
    'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
  ],
])('%s is refused', async (query, detail) => {
  const { status, body } = await mira(`${path}/${query}`)
  expect([status, body]).toEqual([400, { detail }])
})
