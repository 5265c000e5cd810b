import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, pluckTexts, type ApiClient } from '../../testing/api-client.ts'

let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

const all = 'organizations/lumen-freight/environments/?project=-1&visibility=all'

test('an organization has every environment once, by name, and its projects share the id', async () => {
  const { body } = await mira(all)
  const names = pluckTexts(body, 'name')
  expect(names).toEqual([...new Set(names)].toSorted())
  expect(names).toContain('production')
  const ofProject = (await mira('projects/lumen-freight/shop-web/environments/?visibility=all')).body
  for (const { id, name } of ofProject as { id: string; name: string }[]) expect(body).toContainEqual({ id, name })
})

test('visible and hidden environments of a project are all of them', async () => {
  for (const slug of ['shop-web', 'shop-api', 'ledger', 'checkout', 'driver-ios', 'reports']) {
    const path = `projects/lumen-freight/${slug}/environments/`
    const list = async (query: string) => pluckTexts((await mira(`${path}${query}`)).body, 'name')
    const [visible, hidden] = [await list(''), await list('?visibility=hidden')]
    expect([...visible, ...hidden].toSorted()).toEqual(await list('?visibility=all'))
  }
})

test('an unknown visibility is refused', async () => {
  const { status, body } = await mira('organizations/lumen-freight/environments/?visibility=some')
  expect([status, body]).toEqual([
    400,
    { detail: "Invalid value for 'visibility', valid values are: ['all', 'hidden', 'visible']" },
  ])
})

test('an environment is found by its name', async () => {
  const path = 'projects/lumen-freight/shop-web/environments/'
  expect((await mira(`${path}production/`)).body).toMatchObject({ name: 'production', isHidden: false })
  expect((await mira(`${path}moon/`)).status).toBe(404)
})

test('selecting a project of another team is forbidden', async () => {
  expect((await noor('organizations/lumen-freight/environments/?project=edge-proxy')).status).toBe(403)
  expect((await noor('organizations/lumen-freight/environments/?project=checkout')).status).toBe(200)
})

test('ownership comes as text and, where there are rules, in parts', async () => {
  const { body } = await mira('organizations/lumen-freight/projects/')
  for (const slug of pluckTexts(body, 'slug').slice(0, 12)) {
    const ownership = (await mira(`projects/lumen-freight/${slug}/ownership/`)).body as {
      raw: string
      schema: { rules: unknown[] } | null
    }
    expect(ownership.raw === '' ? 0 : ownership.raw.split('\n').length).toBe(ownership.schema?.rules.length ?? 0)
  }
})
