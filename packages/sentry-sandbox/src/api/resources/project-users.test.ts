import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluck, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => new Date('2026-10-01T12:00:00.500Z') })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

const project = 'projects/lumen-freight/shop-web/'

test('the users of a project are listed once each, and found by what is known of them', async () => {
  const pages = await walkPages(mira, `${project}users/?per_page=50`)
  const users = pages.flatMap(({ body }) => body) as { id: string; email: string; tagValue: string }[]
  expect(users.length).toBeGreaterThan(50)
  expect(new Set(users.map(({ id }) => id)).size).toBe(users.length)
  const known = users.find(({ email }) => email !== '')
  expect((await mira(`${project}users/?query=email:${known?.email}`)).body).toEqual([known])
  expect((await mira(`${project}users/?query=id:nobody`)).body).toEqual([])
})

test('what users wrote comes newest first, with its issue, which counts it too', async () => {
  const reports = (await walkPages(mira, `${project}user-feedback/`)).flatMap(({ body }) => body) as {
    dateCreated: string
    issue: { id: string }
  }[]
  expect(reports.length).toBeGreaterThan(0)
  const dates = pluck(reports, 'dateCreated') as string[]
  expect(dates).toEqual(dates.toSorted().toReversed())
  const id = reports[0]?.issue.id
  const { userReportCount } = (await mira(`organizations/lumen-freight/issues/${id}/`)).body as {
    userReportCount: number
  }
  expect(reports.filter(({ issue }) => issue.id === id)).toHaveLength(userReportCount)
})

test('both stay closed to whoever may not see the project', async () => {
  for (const path of ['users/', 'user-feedback/']) {
    expect((await noor(`projects/lumen-freight/edge-proxy/${path}`)).status).toBe(403)
  }
})
