import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluckTexts, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

const now = new Date('2026-10-01T12:34:00Z')
let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
})
afterAll(() => sandbox.close())

interface MonitorItem {
  id: string
  slug: string
  name: string
  status: string
  owner: { type: string; id: string } | null
  project: { slug: string }
  config: { schedule: unknown }
  environments: { name: string; status: string; lastCheckIn: string | null }[]
}
interface CheckInItem {
  id: string
  status: string
  duration: number | null
  dateAdded: string
}

const path = 'organizations/lumen-freight/monitors/'
const list = async (query: string) =>
  (await walkPages(mira, `${path}?${query}`)).flatMap(({ body }) => body as MonitorItem[])
const listCheckIns = async (monitor: MonitorItem, query = '') =>
  (
    await walkPages(mira, `projects/lumen-freight/${monitor.project.slug}/monitors/${monitor.slug}/checkins/?${query}`)
  ).flatMap(({ body }) => body as CheckInItem[])

test('the pages hold every monitor once, by name, with its environments in a list', async () => {
  const monitors = await list('project=-1&per_page=5')
  expect(new Set(monitors.map(({ id }) => id)).size).toBe(monitors.length)
  expect(monitors.map(({ name }) => name)).toEqual(monitors.map(({ name }) => name).toSorted())
  expect(monitors.every(({ environments }) => Array.isArray(environments) && environments.length > 0)).toBe(true)
})

const shapeOf = ({ config: { schedule } }: MonitorItem) =>
  Array.isArray(schedule) ? schedule.map((part) => typeof part).join(' ') : typeof schedule

test('schedules come in three shapes, owners are teams or nobody', async () => {
  const monitors = await list('project=-1')
  expect(new Set(monitors.map(shapeOf))).toEqual(new Set(['string', 'string string', 'number string']))
  expect(new Set(monitors.map(({ owner }) => owner?.type))).toEqual(new Set(['team', undefined]))
})

test('a monitor is found by id and by slug; a slug is only clear below its project', async () => {
  const [monitor] = await list('project=-1')
  expect((await mira(`${path}${monitor?.id}/`)).body).toEqual(monitor)
  expect((await mira(`projects/lumen-freight/${monitor?.project.slug}/monitors/${monitor?.slug}/`)).body).toEqual(
    monitor,
  )
  expect((await mira(`${path}${monitor?.slug}/`)).body).toMatchObject({ slug: monitor?.slug })
  expect((await mira(`${path}no-such-job/`)).status).toBe(404)
})

test('check-ins come newest first, missed ones without a duration, and the last one is what the environment says', async () => {
  const monitors = (await list('project=-1')).filter(({ status }) => status === 'active')
  const all: CheckInItem[] = []
  for (const monitor of monitors.slice(0, 20)) {
    const checkIns = await listCheckIns(monitor, 'statsPeriod=7d&per_page=100')
    const dates = checkIns.map(({ dateAdded }) => Date.parse(dateAdded))
    expect(dates).toEqual(dates.toSorted((left, right) => right - left))
    expect(new Set(checkIns.map(({ id }) => id)).size).toBe(checkIns.length)
    all.push(...checkIns)
  }
  const missed = all.filter(({ status }) => status === 'missed')
  expect(missed.length).toBeGreaterThan(0)
  expect(new Set(missed.map(({ duration }) => duration))).toEqual(new Set([null]))
  expect(all.filter(({ status }) => status === 'ok').every(({ duration }) => duration !== null)).toBe(true)
})

test('statistics count the check-ins', async () => {
  const monitor = (await list('project=-1')).find(({ status }) => status === 'active')
  const window = 'start=2026-09-29T00:00:00&end=2026-09-30T00:00:00'
  const stats = (await mira(`${path}${monitor?.id}/stats/?${window}`)).body as Record<string, number>[]
  const checkIns = (await walkPages(mira, `${path}${monitor?.id}/checkins/?${window}`)).flatMap(({ body }) =>
    pluckTexts(body, 'status'),
  )
  for (const status of ['ok', 'error', 'missed', 'timeout']) {
    expect(stats.reduce((sum, point) => sum + (point[status] ?? 0), 0)).toBe(
      checkIns.filter((one) => one === status).length,
    )
  }
})

test('lists narrow by owner, environment, project and words', async () => {
  const monitors = await list('project=-1')
  const owned = monitors.find(({ owner }) => owner !== null)
  const theirs = await list(`project=-1&owner=team:${owned?.owner?.id}`)
  expect(theirs).toEqual(monitors.filter(({ owner }) => owner?.id === owned?.owner?.id))
  expect(await list('project=-1&owner=unassigned')).toEqual(monitors.filter(({ owner }) => owner === null))
  expect(await list(`project=-1&query=${owned?.slug}`)).toContainEqual(owned)
  expect((await mira(`${path}?environment=moon`)).status).toBe(404)
  const noor = createApiClient(sandbox, 'noor')
  const hidden = monitors.find(({ project }) => project.slug === 'cron-runner') ?? monitors[0]
  expect((await noor(`${path}?project=edge-proxy`)).status).toBe(403)
  expect([403, 404]).toContain((await noor(`projects/lumen-freight/edge-proxy/monitors/${hidden?.slug}/`)).status)
})

test('monitors open to alert scopes as well', async () => {
  expect((await createApiClient(sandbox, 'mira', ['alerts:read'])(path)).status).toBe(200)
  expect((await createApiClient(sandbox, 'mira', ['team:read'])(path)).status).toBe(403)
})
