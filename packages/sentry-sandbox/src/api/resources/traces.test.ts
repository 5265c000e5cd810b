import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, type ApiClient } from '../../testing/api-client.ts'

let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => new Date('2026-10-01T12:00:00.500Z') })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

interface TracedEvent {
  trace: string
  id: string
}

test('a trace holds the event that belongs to it, for those who may see the event', async () => {
  const query = 'dataset=errors&field=trace&field=id&field=timestamp&project=edge-proxy&statsPeriod=14d&per_page=1'
  const rows = (await mira(`organizations/lumen-freight/events/?${query}`)).body as { data: TracedEvent[] }
  const [row] = rows.data
  const [tree, meta] = ['trace', 'trace-meta'].map((name) => `organizations/lumen-freight/${name}/${row?.trace}/`)
  expect((await mira(tree ?? '')).body).toMatchObject([{ event_type: 'error', event_id: row?.id }])
  expect((await mira(meta ?? '')).body).toMatchObject({ errors: 1, span_count: 0 })
  expect((await noor(tree ?? '')).body).toEqual([])
  expect((await noor(meta ?? '')).body).toMatchObject({ errors: 0 })
  expect((await mira(`organizations/tiny-orchard/trace/${row?.trace}/`)).body).toEqual([])
  expect((await mira('organizations/lumen-freight/trace/nonsense/')).status).toBe(400)
})
