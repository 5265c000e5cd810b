import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluck, readLinks, type ApiClient } from '../../testing/api-client.ts'

// The first question makes the world, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 })

const now = new Date('2026-10-01T12:00:30Z')
const scopes = ['org:read', 'project:read', 'event:read', 'event:write']
const path = 'organizations/kleinwerk/issues/'
let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira', scopes)
})
afterAll(() => sandbox.close())

interface Item {
  id: string
  shortId: string
  count: string
  status: string
  level: string
  stats: Record<string, [number, number][]>
  lifetime: { count: string }
}

const search = (query: string, more = '') => mira(`${path}?project=-1&query=${encodeURIComponent(query)}${more}`)
const list = async (query: string, more = '') => (await search(query, more)).body as Item[]
const sum = (series: [number, number][] | undefined) => (series ?? []).reduce((total, [, count]) => total + count, 0)

async function walk(query: string): Promise<{ ids: unknown[]; hits: string | null }> {
  const ids: unknown[] = []
  let [cursor, results, hits] = ['', 'true', '' as string | null]
  while (results === 'true') {
    const { body, headers } = await mira(
      `${path}?project=-1&query=&limit=100&${query}&cursor=${encodeURIComponent(cursor)}`,
    )
    ids.push(...pluck(body, 'id'))
    ;({ results = '', cursor = '' } = readLinks(headers)['next'] ?? {})
    hits = headers.get('x-hits')
  }
  return { ids, hits }
}

describe('the list', () => {
  test.each(['date', 'new', 'freq', 'user', 'trends', 'inbox', 'recommended', 'priority'])(
    'is walked whole when sorted by %s, each issue once and as many as X-Hits says',
    async (sort) => {
      const { ids, hits } = await walk(`sort=${sort}`)
      expect(new Set(ids).size).toBe(ids.length)
      expect(hits).toBe(String(ids.length))
    },
  )

  test('goes backwards as it went forwards', async () => {
    const first = await search('', '&limit=7')
    const second = await search('', `&limit=7&cursor=${readLinks(first.headers)['next']?.cursor}`)
    const back = await search('', `&limit=7&cursor=${readLinks(second.headers)['previous']?.cursor}`)
    expect(pluck(back.body, 'id')).toEqual(pluck(first.body, 'id'))
    expect(readLinks(back.headers)['previous']?.results).toBe('false')
  })

  test('shows unresolved issues unless a query says otherwise, even an empty one', async () => {
    const hidden = (await mira(`${path}?project=-1`)).body as Item[]
    expect(new Set(hidden.map(({ status }) => status))).toEqual(new Set(['unresolved']))
    expect(new Set((await list('')).map(({ status }) => status)).size).toBeGreaterThan(1)
  })

  test('counts what its series add up to', async () => {
    for (const item of await list('', '&statsPeriod=14d&groupStatsPeriod=auto&limit=30')) {
      expect(sum(item.stats['auto'])).toBe(Number(item.count))
      expect(Number(item.lifetime.count)).toBeGreaterThanOrEqual(Number(item.count))
    }
  })

  test.each([
    ['level:fatal', ({ level }: Item) => level === 'fatal'],
    ['!level:fatal', ({ level }: Item) => level !== 'fatal'],
    ['level:[error,warning]', ({ level }: Item) => ['error', 'warning'].includes(level)],
    ['is:resolved', ({ status }: Item) => status === 'resolved'],
    ['is:archived', ({ status }: Item) => status === 'ignored'],
    ['times_seen:>100', ({ lifetime }: Item) => Number(lifetime.count) > 100],
  ])('answers %s with nothing else', async (query, fits) => {
    const items = await list(query)
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(fits)).toBe(true)
  })

  test.each([
    ['query=is:strange', /^Error parsing search query/],
    ['query=level:', /^Error parsing search query/],
    ['query=project:nowhere', /do not exist or are not actively selected/],
    ['sort=color', /^Sort key 'color' not supported\.$/],
    ['limit=many', /^invalid limit$/],
    ['limit=101', /^invalid limit$/],
    ['cursor=here', /^Invalid cursor parameter\.$/],
    ['groupStatsPeriod=1y', /^Invalid stats_period/],
    ['statsPeriod=null', /^Invalid date range/],
    ['group=one', /^Group ids must be integers$/],
  ])('refuses ?%s', async (query, detail) => {
    const { status, body } = await mira(`${path}?project=-1&${query}`)
    expect([status, body]).toEqual([400, { detail: expect.stringMatching(detail) }])
  })

  test('collapses and expands', async () => {
    const [item] = await list('', '&collapse=stats&collapse=unhandled&expand=inbox&expand=owners&limit=1')
    for (const name of ['count', 'userCount', 'firstSeen', 'lastSeen', 'stats', 'isUnhandled']) {
      expect(item).not.toHaveProperty(name)
    }
    expect(item).toHaveProperty('inbox')
    expect(item).toHaveProperty('owners')
  })

  test('gives exactly the asked groups, without Link', async () => {
    const ids = (await list('', '&limit=3')).map(({ id }) => id)
    const { body, headers } = await mira(`${path}?project=-1&query=is:resolved&group=${ids.join('&group=')}`)
    expect([pluck(body, 'id'), headers.get('link')]).toEqual([ids, null])
  })

  test('finds an event id and a short id directly', async () => {
    const [item] = await list('', '&limit=1')
    const event = (await mira(`${path}${item?.id}/events/latest/`)).body as { id: string }
    for (const query of [`query=${event.id}`, `shortIdLookup=1&query=${item?.shortId}`]) {
      const { body, headers } = await mira(`${path}?${query}`)
      expect([pluck(body, 'id'), headers.get('x-sentry-direct-hit')]).toEqual([[item?.id], '1'])
    }
  })
})

test('an issue is found by number and short id; its events are as many as it counts, newest first', async () => {
  const item = (await list('times_seen:<60 firstSeen:-80d', '&limit=1'))[0]
  const detail = (await mira(`${path}${item?.shortId}/`)).body as Item
  expect(detail.id).toBe(item?.id)
  const events = (await mira(`${path}${item?.id}/events/?full=true`)).body as {
    id: string
    previousEventID?: string | null
  }[]
  expect(String(events.length)).toBe(detail.count)
  const tag = (await mira(`${path}${item?.id}/tags/level/`)).body
  expect(tag).toMatchObject({ totalValues: events.length, uniqueValues: 1 })
  const [latest] = events
  expect((await mira(`${path}${item?.id}/events/latest/`)).body).toEqual(latest)
  expect((await mira(`organizations/kleinwerk/eventids/${latest?.id}/`)).body).toMatchObject({ groupId: item?.id })
  expect((await mira(`organizations/kleinwerk/shortids/${item?.shortId}/`)).body).toMatchObject({ groupId: item?.id })
})

test('unknown issues, events and keys are not found, each with its own words', async () => {
  const [item] = await list('', '&limit=1')
  expect((await mira(`${path}6999999999/`)).status).toBe(404)
  expect((await mira(`${path}${item?.id}/tags/nothing/`)).status).toBe(404)
  const missing = await mira(`${path}${item?.id}/events/${'0'.repeat(32)}/`)
  expect([missing.status, missing.body]).toEqual([404, { detail: expect.stringMatching(/^Event not found\./) }])
})

test('a person sees no issue of a project that is hidden from them', async () => {
  const noor = createApiClient(sandbox, 'noor', scopes)
  const hidden = (await mira('organizations/lumen-freight/issues/?project=edge-proxy&query=&limit=1')).body as Item[]
  expect((await noor(`organizations/lumen-freight/issues/${hidden[0]?.id}/`)).status).toBe(403)
  expect((await noor('organizations/lumen-freight/issues/?project=edge-proxy')).status).toBe(403)
  expect((await noor(`organizations/lumen-freight/issues/?project=-1&group=${hidden[0]?.id}`)).status).toBe(403)
  expect((await noor(`${path}${hidden[0]?.id}/`)).status).toBe(403)
})

test.each([
  ['organizations/kleinwerk/issues/', '10'],
  ['projects/kleinwerk/leitstand/issues/', '5'],
  ['organizations/kleinwerk/issues/1/events/latest/', '15'],
])('%s has a limit of its own: %s in a second', async (target, limit) => {
  const limited = await startSandbox({ port: 0, clock: () => now })
  const { headers } = await createApiClient(limited, 'mira', scopes)(target)
  expect(headers.get('x-sentry-rate-limit-limit')).toBe(limit)
  await limited.close()
})
