import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'
import { readEventId } from '../../world/event.ts'

const now = new Date('2026-10-01T12:34:00Z')
let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
})
afterAll(() => sandbox.close())

type ReplayItem = Record<string, unknown>

const path = 'organizations/lumen-freight/replays/'
const list = async (query: string) =>
  (await walkPages(mira, `${path}?${query}`)).flatMap(({ body }) => (body as { data: ReplayItem[] }).data)

test('the pages hold every replay once, newest first, wrapped in data', async () => {
  const replays = await list('project=-1&statsPeriod=7d&per_page=50&field=id&field=started_at&field=finished_at')
  const started = replays.map((replay) => String(replay['started_at']))
  expect(new Set(replays.map(({ id }) => id)).size).toBe(replays.length)
  expect(started).toEqual(started.toSorted().toReversed())
  expect(replays.length).toBeGreaterThan(50)
  expect(replays.filter((replay) => Date.parse(String(replay['finished_at'])) > now.getTime())).toEqual([])
})

test('only the fields that are asked for are there', async () => {
  const [replay] = await list('project=-1&statsPeriod=1d&field=id&field=count_errors')
  expect(Object.keys(replay ?? {})).toEqual(['id', 'count_errors'])
  const { status, body } = await mira(`${path}?field=id&field=mood`)
  expect([status, body]).toEqual([400, { field: { 1: ['"mood" is not a valid choice.'] } }])
})

test('an archived replay has lost nearly everything, and a replay without tags has a list', async () => {
  const replays = await list('project=-1&statsPeriod=14d')
  const archived = replays.find((replay) => replay['is_archived'] === true)
  expect(archived).toMatchObject({
    duration: null,
    urls: null,
    count_errors: null,
    releases: null,
    tags: [],
    error_ids: [],
  })
  expect(replays.some((replay) => replay['is_archived'] === false && Array.isArray(replay['tags']))).toBe(true)
  expect(replays.some((replay) => !Array.isArray(replay['tags']))).toBe(true)
})

test('a replay is found with dashes and without', async () => {
  const [replay] = await list('project=-1&statsPeriod=1d&per_page=1')
  const id = String(replay?.['id'])
  const dashed = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  expect((await mira(`${path}${id}/`)).body).toEqual({ data: replay })
  expect((await mira(`${path}${dashed}/`)).body).toEqual({ data: replay })
  expect((await mira(`${path}${'0'.repeat(32)}/`)).status).toBe(404)
})

test('an issue has as many replays as show its errors', async () => {
  const replays = await list('project=-1&statsPeriod=14d&query=count_errors:>0&field=id&field=error_ids')
  const eventIds = replays.flatMap((replay) => replay['error_ids'] as string[])
  const { issueId } = readEventId(eventIds[0] ?? '')
  const showing = replays.filter((replay) =>
    (replay['error_ids'] as string[]).some((id) => readEventId(id).issueId === issueId),
  )
  const { body } = await mira(
    `organizations/lumen-freight/replay-count/?project=-1&statsPeriod=14d&data_source=events&query=issue.id:${issueId}`,
  )
  expect(body).toEqual({ [issueId]: showing.length })
  expect(await list(`project=-1&statsPeriod=14d&query=issue.id:${issueId}&field=id&field=error_ids`)).toEqual(showing)
})

test('lists sort, and search by environment', async () => {
  const durations = (await list('project=-1&statsPeriod=3d&sort=-duration&query=activity:>=0')).map((replay) =>
    Number(replay['duration'] ?? 0),
  )
  expect(durations.length).toBeGreaterThan(0)
  const staging = await list('project=-1&statsPeriod=7d&query=environment:staging')
  expect(
    new Set(staging.filter((replay) => replay['is_archived'] === false).map(({ environment }) => environment)),
  ).toEqual(new Set(['staging']))
  expect((await mira(`${path}?sort=mood`)).status).toBe(400)
})

test('counting asks for issues, and for no more than twenty-five', async () => {
  const count = 'organizations/lumen-freight/replay-count/?project=-1&data_source=events'
  expect((await mira(`${count}&query=issue.id:[6100000001,6100000002]`)).body).toEqual({
    6100000001: expect.any(Number),
    6100000002: expect.any(Number),
  })
  const many = Array.from({ length: 26 }, (_, index) => 6_100_000_000 + index)
  expect((await mira(`${count}&query=issue.id:[${many.join(',')}]`)).body).toEqual({
    detail: 'Too many issue ids provided',
  })
  expect((await mira(count)).status).toBe(400)
})

test('elements that were clicked in vain add up to the dead clicks of the replays', async () => {
  const period = 'project=shop-web&statsPeriod=24h'
  const selectors = 'organizations/lumen-freight/replay-selectors/'
  const { data } = (await mira(`${selectors}?${period}`)).body as { data: ReplayItem[] }
  const sum = (items: readonly ReplayItem[]) =>
    items.reduce((total, { count_dead_clicks: clicks }) => total + Number(clicks ?? 0), 0)
  expect(sum(data)).toBe(sum(await list(`${period}&field=count_dead_clicks`)))
  expect(sum(data)).toBeGreaterThan(0)
  expect((await mira(`${selectors}?${period}&sort=colour`)).status).toBe(400)
})
