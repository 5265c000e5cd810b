import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, readLinks, type ApiClient } from '../../testing/api-client.ts'

const now = new Date('2026-10-01T12:34:00Z')
let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
})
afterAll(() => sandbox.close())

interface Sessions {
  intervals: string[]
  query: string
  groups: {
    by: Record<string, string | number>
    totals: Record<string, number | null>
    series: Record<string, (number | null)[]>
  }[]
}

const path = 'organizations/lumen-freight/sessions/?'
const ask = async (query: string) => (await mira(`${path}${query}`)).body as Sessions
const add = (numbers: readonly (number | null)[]) => numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0)
const totalOf = ({ groups }: Sessions, field = 'sum(session)') => add(groups.map(({ totals }) => totals[field] ?? null))
const byNumber = (left: number, right: number) => left - right
const week = 'project=-1&statsPeriod=7d&interval=1d'

test('sessions add up over time, projects, releases, environments and statuses', async () => {
  const whole = await ask(`field=sum(session)&${week}`)
  expect(totalOf(whole)).toBeGreaterThan(10_000)
  expect(add(whole.groups[0]?.series['sum(session)'] ?? [])).toBe(totalOf(whole))
  for (const dimension of ['project', 'release', 'environment', 'session.status']) {
    expect(totalOf(await ask(`field=sum(session)&groupBy=${dimension}&${week}`))).toBe(totalOf(whole))
  }
})

test('a crash-free rate is a fraction, and what the statuses say', async () => {
  const field = 'crash_free_rate(session)'
  const { groups } = await ask(`field=${field}&field=sum(session)&${week}`)
  const statuses = await ask(`field=sum(session)&groupBy=session.status&${week}`)
  const crashed = statuses.groups.find(({ by }) => by['session.status'] === 'crashed')?.totals['sum(session)'] ?? 0
  const total = groups[0]?.totals['sum(session)'] ?? 0
  expect(groups[0]?.totals[field]).toBeCloseTo(1 - crashed / total, 12)
  expect(crashed).toBeGreaterThan(0)
})

test('rates are null where there are no sessions, counts are zero', async () => {
  const { groups } = await ask(
    'field=sum(session)&field=crash_free_rate(session)&field=crash_free_rate(user)&project=audit-log&start=2020-01-01&end=2020-01-02',
  )
  expect(groups.map(({ by, totals }) => ({ by, totals }))).toEqual([
    { by: {}, totals: { 'sum(session)': 0, 'crash_free_rate(session)': null, 'crash_free_rate(user)': null } },
  ])
  expect(groups[0]?.series['crash_free_rate(session)']).toEqual(Array.from({ length: 24 }, () => null))
})

test('people are never fewer than on the busiest day, nor more than on all days together', async () => {
  const { groups } = await ask(`field=count_unique(user)&${week}`)
  const days = groups[0]?.series['count_unique(user)'] ?? []
  const total = groups[0]?.totals['count_unique(user)'] ?? 0
  expect(total).toBeGreaterThanOrEqual(Math.max(...days.map((day) => day ?? 0)))
  expect(total).toBeLessThanOrEqual(add(days))
})

test('by project a number, by release a version; totals and series are left out when asked', async () => {
  const { groups } = await ask(`field=sum(session)&groupBy=project&groupBy=release&includeSeries=0&${week}`)
  expect(groups.every(({ by, series }) => typeof by['project'] === 'number' && series === undefined)).toBe(true)
  const [first] = (await ask(`field=sum(session)&includeTotals=0&${week}`)).groups
  expect(first?.totals).toBeUndefined()
})

test('a search narrows to a release, and its opposite has the rest', async () => {
  const releases = await ask(`field=sum(session)&groupBy=release&includeSeries=0&${week}`)
  const [first] = releases.groups
  const version = encodeURIComponent(`"${String(first?.by['release'])}"`)
  const one = totalOf(await ask(`field=sum(session)&query=release:${version}&${week}`))
  const others = totalOf(await ask(`field=sum(session)&query=!release:${version}&${week}`))
  expect(one).toBe(first?.totals['sum(session)'])
  expect(one + others).toBe(totalOf(releases))
})

test('groups come largest first, or in the order that is asked for, and in pages', async () => {
  const numbers = ({ groups }: Sessions) => groups.map(({ totals }) => totals['sum(session)'] ?? 0)
  const all = await ask(`field=sum(session)&groupBy=project&includeSeries=0&${week}`)
  expect(numbers(all)).toEqual(numbers(all).toSorted(byNumber).toReversed())
  const rising = await ask(`field=sum(session)&groupBy=project&orderBy=sum(session)&includeSeries=0&${week}`)
  expect(numbers(rising)).toEqual(numbers(all).toSorted(byNumber))
  const page = await mira(`${path}field=sum(session)&groupBy=project&per_page=3&includeSeries=0&${week}`)
  expect((page.body as Sessions).groups).toEqual(all.groups.slice(0, 3))
  expect(readLinks(page.headers)['next']).toMatchObject({ results: 'true', cursor: '0:3:0' })
})

test('more than ten thousand points are refused, unless no series is asked for', async () => {
  const query = 'field=sum(session)&groupBy=release&project=-1&statsPeriod=90d&interval=1h'
  const refused = await mira(`${path}${query}`)
  expect([refused.status, refused.body]).toEqual([
    400,
    {
      detail:
        'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
    },
  ])
  expect((await mira(`${path}${query}&includeSeries=0`)).status).toBe(200)
})

test.each([
  ['', 'Request is missing a "field"'],
  ['field=sum(money)', 'Invalid field: "sum(money)"'],
  ['field=sum(session)&groupBy=color', 'Invalid groupBy: "color"'],
  ['field=sum(session)&orderBy=count_unique(user)', "'orderBy' must be one of the provided 'fields'"],
  [
    'field=crash_free_rate(session)&groupBy=session.status',
    'Cannot group field crash_free_rate(session) by session.status',
  ],
  ['field=sum(session)&query=release:web*', 'Invalid condition: wildcard search is not supported'],
  ['field=sum(session)&query=title:x', 'Invalid search filter: title'],
  ['field=sum(session)&interval=10m', 'The interval has to be a multiple of the minimum interval of one hour.'],
])('%s is refused', async (query, detail) => {
  const { status, body } = await mira(`${path}project=-1&${query}`)
  expect([status, body]).toEqual([400, { detail }])
})

test('an environment that does not exist is not found, a hidden project is forbidden', async () => {
  expect((await mira(`${path}field=sum(session)&project=-1&environment=moon`)).status).toBe(404)
  const noor = createApiClient(sandbox, 'noor')
  expect((await noor(`${path}field=sum(session)&project=edge-proxy`)).status).toBe(403)
})
