import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluck, pluckTexts, type ApiClient } from '../../testing/api-client.ts'
import { walkPages } from '../../testing/walk-pages.ts'

let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

const keysOf = 'projects/lumen-freight/shop-web/keys/'
const allKeys = 'organizations/lumen-freight/project-keys/'
const walk = async (query: string) =>
  (await walkPages(mira, `${allKeys}?per_page=7${query}`)).flatMap(({ body }) => pluck(body, 'id'))

test('a key carries its secret, and a number for its project', async () => {
  const { body: project } = await mira('projects/lumen-freight/shop-web/')
  const projectId = Number((project as { id: string }).id)
  const { body } = await mira(keysOf)
  const [key] = body as Record<string, string>[]
  expect(key).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    public: key?.['id'],
    secret: expect.stringMatching(/^[0-9a-f]{32}$/),
    projectId,
    isActive: true,
  })
})

test('every address of a key leads to the sandbox', async () => {
  const { body } = await mira('projects/kleinwerk/portal-api/keys/')
  const [{ dsn = {} } = {}] = body as { dsn?: Record<string, string> }[]
  const region = sandbox.regions.find(({ name }) => name === 'de')
  expect(Object.keys(dsn)).toHaveLength(13)
  expect(new Set(Object.values(dsn).map((address) => new URL(address).host))).toEqual(
    new Set([new URL(region?.url ?? '').host]),
  )
})

test('a key is found by its id, and only below its own project', async () => {
  const [id] = pluckTexts((await mira(keysOf)).body, 'id')
  expect((await mira(`${keysOf}${id}/`)).body).toMatchObject({ id })
  expect((await mira(`projects/lumen-freight/ledger/keys/${id}/`)).status).toBe(404)
})

test('active and inactive keys together are all keys; another status has none', async () => {
  const [all, active, inactive] = [await walk(''), await walk('&status=active'), await walk('&status=inactive')]
  expect(new Set([...active, ...inactive])).toEqual(new Set(all))
  expect(active.length + inactive.length).toBe(all.length)
  expect(inactive.length).toBeGreaterThan(0)
  expect(await walk('&status=sleeping')).toEqual([])
})

test('a member sees the keys of the projects of their teams, and can narrow them to a team', async () => {
  const projectsOf = async (client: ApiClient, query = '') =>
    new Set((await walkPages(client, `${allKeys}${query}`)).flatMap(({ body }) => pluck(body, 'projectId')))
  expect((await projectsOf(mira)).size).toBe(42)
  expect((await projectsOf(noor)).size).toBe(12)
  expect((await projectsOf(noor, '?team=payments')).size).toBe(6)
  expect((await noor(`${allKeys}?team=nobody`)).status).toBe(404)
})
