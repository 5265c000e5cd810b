import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluck, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

const now = new Date('2026-10-01T12:00:00.500Z')
let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => now })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

interface WorkflowItem {
  id: string
  name: string
  lastTriggered: string | null
}

const path = 'organizations/lumen-freight/workflows/'
const walk = async (client: ApiClient, query: string) =>
  (await walkPages(client, `${path}?${query}`)).flatMap(({ body }) => body) as WorkflowItem[]

test('the pages hold as many workflows as X-Hits says, each once', async () => {
  const pages = await walkPages(mira, `${path}?per_page=9`)
  const ids = pages.flatMap(({ body }) => pluck(body, 'id'))
  expect(pages.map(({ headers }) => headers.get('x-hits'))).toEqual(pages.map(() => String(ids.length)))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(42)
})

test('a member sees those of the projects of their teams', async () => {
  const [all, theirs] = [await walk(mira, ''), await walk(noor, '')]
  expect(theirs.length).toBeLessThan(all.length)
  expect(theirs.length).toBeGreaterThan(0)
  const hidden = all.find(({ id }) => !theirs.some((workflow) => workflow.id === id))
  expect((await mira(`${path}${hidden?.id}/`)).body).toEqual(hidden)
  expect((await noor(`${path}${hidden?.id}/`)).status).toBe(404)
})

test('lists sort both ways by every key Sentry names, and by nothing else', async () => {
  for (const key of ['name', 'id', 'dateCreated', 'dateUpdated', 'connectedDetectors', 'actions', 'lastTriggered']) {
    expect((await mira(`${path}?sortBy=-${key}`)).status).toBe(200)
  }
  const names = (await walk(mira, 'sortBy=-name')).map(({ name }) => name.toLowerCase())
  expect(names).toEqual(names.toSorted().toReversed())
  const { status, body } = await mira(`${path}?sortBy=color`)
  expect([status, body]).toEqual([400, { sortBy: ['Invalid sort field'] }])
})

test('some have never acted, none has acted in the future', async () => {
  const moments = (await walk(mira, '')).map(({ lastTriggered }) => lastTriggered)
  expect(moments).toContain(null)
  expect(moments.filter((moment) => Date.parse(moment ?? '') > now.getTime())).toEqual([])
})

test('they mail teams, people, and whoever owns the issue', async () => {
  const workflows = (await walk(mira, '')) as unknown as {
    owner: string | null
    actionFilters: [{ actions: [{ config: { targetType: string } }] }]
  }[]
  const types = workflows.map(({ actionFilters: [{ actions }] }) => actions[0].config.targetType)
  expect(new Set(types)).toEqual(new Set(['team', 'user', 'issue_owners']))
  expect(workflows.filter(({ owner }) => owner !== null)).toHaveLength(types.filter((type) => type === 'team').length)
})

test('they are found by name, id and project', async () => {
  const [first] = await walk(mira, 'project=ledger')
  expect(await walk(mira, `id=${first?.id}`)).toEqual([first])
  expect(await walk(mira, 'query=Ledger')).toContainEqual(first)
  expect((await mira(`${path}?id=one`)).status).toBe(400)
})
