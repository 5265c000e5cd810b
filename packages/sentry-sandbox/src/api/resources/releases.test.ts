import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluck, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

const now = new Date('2026-10-01T12:34:00Z')
let sandbox: Sandbox
let mira: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
})
afterAll(() => sandbox.close())

interface ReleaseItem {
  id: number
  version: string
  status: string
  dateCreated: string
  deployCount: number
  commitCount: number
  lastDeploy: object | null
  authors: Record<string, unknown>[]
  adoptionStages?: object
  projects: { id: number; slug: string; healthData?: Record<string, unknown> | null }[]
}

const path = 'organizations/lumen-freight/releases/'
const walk = async (query: string) =>
  (await walkPages(mira, `${path}?${query}`)).flatMap(({ body }) => body as ReleaseItem[])
const encode = (version: string) => encodeURIComponent(version)

test('the pages hold every release once, newest first, with numbers for ids', async () => {
  const releases = await walk('project=-1&per_page=77')
  const dates = releases.map(({ dateCreated }) => Date.parse(dateCreated))
  expect(new Set(releases.map(({ id }) => id)).size).toBe(releases.length)
  expect(dates).toEqual(dates.toSorted((left, right) => right - left))
  expect(Math.max(...dates)).toBeLessThanOrEqual(now.getTime())
  expect(releases.every(({ id, projects }) => typeof id === 'number' && typeof projects[0]?.id === 'number')).toBe(true)
})

test('open and archived releases are all of them; open ones come when nothing is asked', async () => {
  const [open, archived, all] = [
    await walk('project=-1'),
    await walk('project=-1&status=archived'),
    await walk('project=-1&status='),
  ]
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set(['open']))
  expect(archived.length).toBeGreaterThan(0)
  expect(open.length + archived.length).toBe(all.length)
  expect((await mira(`${path}?status=lost`)).body).toEqual({ detail: 'invalid value for status' })
})

test('a version is found in its encoded form, and only where the caller may look', async () => {
  const releases = await walk('project=-1')
  const odd = releases.find(({ version }) => version.includes('+'))
  expect((await mira(`${path}${encode(odd?.version ?? '')}/`)).body).toMatchObject({
    id: odd?.id,
    version: odd?.version,
  })
  expect((await mira(`${path}${encode('nothing@1.0.0')}/`)).status).toBe(404)
  const hidden = releases.find(({ projects }) => projects[0]?.slug === 'edge-proxy')
  const noor = createApiClient(sandbox, 'noor')
  expect((await noor(`${path}${encode(hidden?.version ?? '')}/`)).status).toBe(404)
  expect((await mira(`${path}${encode(hidden?.version ?? '')}/`)).status).toBe(200)
})

test('lists narrow by text, project and period', async () => {
  const ledger = await walk('project=ledger&status=')
  expect(new Set(ledger.map(({ projects }) => projects[0]?.slug))).toEqual(new Set(['ledger']))
  expect(await walk(`project=-1&status=&query=${encode(ledger[0]?.version.toUpperCase() ?? '')}`)).toEqual([ledger[0]])
  const recent = await walk('project=ledger&status=&statsPeriod=14d')
  expect(recent).toEqual(ledger.filter(({ dateCreated }) => Date.parse(dateCreated) >= now.getTime() - 14 * 86_400_000))
})

test('deploys and commits are as many as the release says', async () => {
  for (const { version, deployCount, commitCount, lastDeploy } of (await walk('project=-1')).slice(0, 12)) {
    const deploys = (await mira(`${path}${encode(version)}/deploys/`)).body as object[]
    const commits = (await mira(`${path}${encode(version)}/commits/`)).body as object[]
    expect([deploys.length, commits.length]).toEqual([deployCount, commitCount])
    expect(deploys[0] ?? null).toEqual(lastDeploy)
  }
})

test('some authors are users, some only a name and an e-mail address', async () => {
  const authors = (await walk('project=-1')).flatMap((release) => release.authors)
  expect(authors.some(({ id }) => id !== undefined)).toBe(true)
  expect(authors.filter(({ id }) => id === undefined).map((author) => Object.keys(author))).toContainEqual([
    'name',
    'email',
  ])
})

test('the commits of a repository are those of the releases of its project', async () => {
  const repositories = (await mira('organizations/lumen-freight/repos/?query=ledger')).body
  const commits = (
    await walkPages(mira, `organizations/lumen-freight/repos/${String(pluck(repositories, 'id')[0])}/commits/`)
  ).flatMap(({ body }) => pluck(body, 'id'))
  const releases = await walk('project=ledger&status=')
  expect(commits).toHaveLength(releases.reduce((sum, { commitCount }) => sum + commitCount, 0))
})

test('health is there when asked for, and says what the sessions say', async () => {
  const [without] = await walk('project=ledger')
  expect(without?.projects[0]).not.toHaveProperty('healthData')
  const { body } = await mira(
    'organizations/lumen-freight/sessions/?field=sum(session)&groupBy=release&project=-1&statsPeriod=14d&includeSeries=0',
  )
  const [group] = (body as { groups: { by: { release: string }; totals: Record<string, number> }[] }).groups
  const health = (
    await mira(`${path}${encode(group?.by.release ?? '')}/?health=1&summaryStatsPeriod=14d&adoptionStages=1`)
  ).body as ReleaseItem
  expect(health.projects[0]?.healthData).toMatchObject({
    hasHealthData: true,
    totalSessions: group?.totals['sum(session)'],
    stats: { '24h': expect.any(Array) },
  })
  const crashFree = Number(health.projects[0]?.healthData?.['crashFreeSessions'])
  expect(crashFree).toBeGreaterThan(50)
  expect(crashFree).toBeLessThanOrEqual(100)
  expect(Object.keys(health.adoptionStages ?? {})).toEqual([health.projects[0]?.slug])
})

test('lists sort by health only when they are flat', async () => {
  const refused = await mira(`${path}?project=-1&sort=sessions`)
  expect(refused.body).toEqual({ detail: 'sorting by crash statistics requires flattening (flatten=1)' })
  const sorted = await walk('project=-1&sort=sessions&flatten=1&health=1&per_page=100')
  const sessions = sorted.map(({ projects }) => Number(projects[0]?.healthData?.['totalSessions'] ?? 0))
  expect(sessions).toEqual(sessions.toSorted((left, right) => right - left))
  for (const sort of ['date', 'build', 'semver', 'adoption'])
    expect((await mira(`${path}?sort=${sort}`)).status).toBe(200)
  expect((await mira(`${path}?sort=color`)).body).toEqual({ detail: 'invalid sort' })
})

test('a period of health that Sentry does not keep is refused', async () => {
  expect((await mira(`${path}?health=1&summaryStatsPeriod=3d`)).body).toEqual({
    detail: 'Invalid summaryStatsPeriod. Valid choices are 1h, 24h, 1d, 48h, 2d, 7d, 14d, 30d, 90d',
  })
})

test('releases open to the scope of release tools as well', async () => {
  for (const scope of ['project:read', 'project:releases', 'org:ci']) {
    const { status } = await createApiClient(sandbox, 'mira', [scope])(path)
    expect([scope, status]).toEqual([scope, scope === 'org:ci' ? 403 : 200])
  }
  expect((await createApiClient(sandbox, 'mira', ['org:read'])(path)).status).toBe(403)
})
