import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { person, startGateway, type TestGateway } from './gateway.fixture.ts'

// The explorer's examples are read as text: they are documents for people, not code of another app.
const folder = join(import.meta.dirname, '../../dashboard/src/graphiql/examples')
const examples = readdirSync(folder)

let gateway: TestGateway
let browser: Browser
let organization: { id: string; slug: string; url: string }

const ask = async (query: string, variables: object) => {
  const headers = { 'graphql-require-preflight': '1' }
  const response = await browser.send({ method: 'POST', url: '/graphql', headers, payload: { query, variables } })
  return response.json<{ data: Record<string, unknown> | null; errors?: unknown }>()
}

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const { data } = await ask('{ viewer { organizations(first: 1) { nodes { id slug url: permalink } } } }', {})
  organization = (data as { viewer: { organizations: { nodes: (typeof organization)[] } } }).viewer.organizations
    .nodes[0]!
})

afterAll(() => gateway.close())

test.each(examples)('the example %s runs as it is for the owner of organizations', async (file) => {
  const query = readFileSync(join(folder, file), 'utf8')
  const used = Object.entries(organization).filter(([name]) => query.includes(`$${name}:`))
  const { data, errors } = await ask(query, Object.fromEntries(used))
  expect(errors).toBeUndefined()
  expect(Object.values(data ?? {})).not.toContain(null)
})
