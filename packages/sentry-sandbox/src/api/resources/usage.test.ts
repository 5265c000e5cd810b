import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, type ApiClient } from '../../testing/api-client.ts'

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

interface Stats {
  start: string
  end: string
  intervals?: string[]
  groups: { by: Record<string, string | number>; totals: Record<string, number>; series?: Record<string, number[]> }[]
}
interface Summary {
  projects: {
    id: string
    slug: string
    stats: { category: string; outcomes: Record<string, number>; totals: Record<string, number> }[]
  }[]
}

const stats = 'organizations/lumen-freight/stats_v2/?field=sum(quantity)'
const ask = async (query: string, client = mira) => (await client(`${stats}&${query}`)).body as Stats
const add = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)
const totalOf = ({ groups }: Stats) => add(groups.map(({ totals }) => totals['sum(quantity)'] ?? 0))
const week = 'start=2026-09-21T00:00:00Z&end=2026-09-28T00:00:00Z'
const errorsOf = async (outcome: string) =>
  totalOf(await ask(`category=error&outcome=${outcome}&project=shop-web&${week}`))

test('a series adds up to its total, and has one point for each interval', async () => {
  const { intervals, groups } = await ask(`groupBy=category&groupBy=outcome&statsPeriod=7d&interval=1d`)
  expect(groups.length).toBeGreaterThan(8)
  for (const { totals, series } of groups) {
    expect(series?.['sum(quantity)']).toHaveLength(intervals?.length ?? 0)
    expect(add(series?.['sum(quantity)'] ?? [])).toBe(totals['sum(quantity)'])
  }
})

test('hours, days and the whole are the same number', async () => {
  const filter = `category=error&outcome=accepted&${week}`
  const [hours, days] = [await ask(`${filter}&interval=1h`), await ask(`${filter}&interval=1d`)]
  expect([hours.intervals?.length, days.intervals?.length]).toEqual([168, 7])
  expect(totalOf(hours)).toBe(totalOf(days))
  expect(totalOf(days)).toBeGreaterThan(100)
})

test('outcomes and reasons are parts of the whole, and what was accepted has none', async () => {
  const whole = totalOf(await ask(`category=error&${week}`))
  expect(totalOf(await ask(`category=error&groupBy=outcome&${week}`))).toBe(whole)
  const { groups } = await ask(`category=error&groupBy=reason&groupBy=outcome&${week}`)
  expect(add(groups.map(({ totals }) => totals['sum(quantity)'] ?? 0))).toBe(whole)
  expect(groups.filter(({ by }) => by['outcome'] === 'accepted').map(({ by }) => by['reason'])).toEqual(['none'])
})

test('projects are numbers, with totals alone, and add up to the organization', async () => {
  const answer = await ask(`category=error&groupBy=project&project=-1&${week}`)
  expect(answer.intervals).toBeUndefined()
  expect(answer.groups.every(({ by, series }) => typeof by['project'] === 'number' && series === undefined)).toBe(true)
  expect(totalOf(answer)).toBe(totalOf(await ask(`category=error&${week}`)))
})

test('the total of the organization is everybody’s, its projects are not', async () => {
  expect(totalOf(await ask(`category=error&${week}`, noor))).toBe(totalOf(await ask(`category=error&${week}`)))
  expect((await ask(`category=error&groupBy=project&project=-1&${week}`, noor)).groups.length).toBeLessThanOrEqual(12)
  expect((await noor(`${stats}&category=error&project=edge-proxy`)).status).toBe(403)
})

test('the summary of a project says the same as its statistics', async () => {
  const { body } = await mira(`organizations/lumen-freight/stats-summary/?field=sum(quantity)&project=shop-web&${week}`)
  const [project] = (body as Summary).projects
  expect(project?.slug).toBe('shop-web')
  for (const { category, outcomes, totals } of project?.stats ?? []) {
    expect(add(Object.values(outcomes))).toBe(totals['sum(quantity)'])
    expect(totalOf(await ask(`category=${category}&project=${project?.id}&${week}`))).toBe(totals['sum(quantity)'])
  }
})

test('the summary is also a table', async () => {
  const { headers, body } = await mira(
    `organizations/lumen-freight/stats-summary/?field=sum(quantity)&project=shop-web&${week}&download=1`,
  )
  expect(headers.get('content-type')).toContain('text/csv')
  const [head, line] = String(body).split('\r\n')
  expect(head).toMatch(/^project_id,project_slug,/)
  expect(line?.split(',')).toHaveLength(head?.split(',').length ?? 0)
})

test('what a project generated are the errors that were accepted', async () => {
  const [since, until] = [Date.parse('2026-09-21T00:00:00Z') / 1000, Date.parse('2026-09-28T00:00:00Z') / 1000 - 1]
  const read = async (stat: string, resolution: string) => {
    const path = `projects/lumen-freight/shop-web/stats/?stat=${stat}&since=${since}&until=${until}&resolution=${resolution}`
    return add(((await mira(path)).body as [number, number][]).map(([, count]) => count))
  }
  expect(await read('generated', '1h')).toBe(await errorsOf('accepted'))
  expect(await read('generated', '1d')).toBe(await errorsOf('accepted'))
  expect(await read('rejected', '1h')).toBe(await errorsOf('rate_limited'))
  expect(await read('blacklisted', '1h')).toBe(await errorsOf('filtered'))
  expect(await read('received', '1h')).toBe(
    (await errorsOf('accepted')) +
      (await errorsOf('rate_limited')) +
      (await errorsOf('filtered')) +
      (await errorsOf('invalid')),
  )
})

test('ten seconds add up to the hour they are in, the running one too', async () => {
  const since = Date.parse('2026-10-01T11:00:00Z') / 1000
  const path = `projects/lumen-freight/shop-web/stats/?since=${since}`
  const read = async (resolution: string) =>
    add(((await mira(`${path}&resolution=${resolution}`)).body as [number, number][]).map(([, count]) => count))
  expect(await read('10s')).toBe(await read('1h'))
})

test.each([
  ['stats_v2/?groupBy=category', 'At least one "field" is required.'],
  ['stats_v2/?field=sum(money)&groupBy=category', 'Invalid field: "sum(money)"'],
  ['stats_v2/?field=sum(quantity)&groupBy=color', 'Invalid groupBy: "color"'],
  ['stats_v2/?field=sum(quantity)', 'Query must have category as groupby or filter'],
  ['stats_v2/?field=sum(quantity)&category=hope', 'Invalid category: "hope"'],
  ['stats_v2/?field=sum(quantity)&category=error&outcome=lost', 'Invalid outcome: "lost"'],
  [
    'stats_v2/?field=sum(quantity)&category=error&category=attachment',
    'if filtering by attachment no other category may be present',
  ],
  [
    'stats_v2/?field=sum(quantity)&category=error&interval=20m',
    'The interval has to be a multiple of the minimum interval of one hour.',
  ],
  ['stats_v2/?field=sum(quantity)&category=error&statsPeriod=null', "Invalid date range: Invalid statsPeriod: 'null'"],
])('%s is refused', async (path, detail) => {
  const { status, body } = await mira(`organizations/lumen-freight/${path}`)
  expect([status, body]).toEqual([400, { detail }])
})

test('an unknown resolution of a project is refused', async () => {
  const { status, body } = await mira('projects/lumen-freight/shop-web/stats/?resolution=2h')
  expect([status, body]).toEqual([400, { detail: 'Invalid resolution' }])
})

test('statistics have a limit of twenty a second that other endpoints do not share', async () => {
  const limited = await startSandbox({ port: 0, clock: () => now })
  const client = createApiClient(limited, 'mira')
  const paths = Array.from({ length: 21 }, () => `${stats}&category=error&statsPeriod=1h`)
  const statuses: number[] = []
  for (const path of paths) statuses.push((await client(path)).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  expect(statuses.at(-1)).toBe(429)
  expect((await client('organizations/')).headers.get('x-sentry-rate-limit-limit')).toBe('40')
  await limited.close()
})
