import { type Sandbox, startSandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGrantTraffic } from './grant-traffic.ts'
import { narrowClient } from './narrowed-client.ts'
import { findOrganization, listOrganizations, type Organization } from './resources/organizations.ts'
import { listProjects } from './resources/projects.ts'
import { listRegions } from './resources/regions.ts'
import { createSentryApi, type SentryApi } from './sentry-api.ts'
import type { SentryClient } from './sentry-client.ts'

let sandbox: Sandbox
let api: SentryApi
let accessToken: string
let own: Organization
let foreign: Organization
let client: SentryClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  const allowedOrigins = sandbox.regions.map(({ url }) => url)
  api = createSentryApi({ sentryUrl: sandbox.url, allowedOrigins, timeout: 10_000, userAgent: 'sentry-graph-test' })
  const mira = sandbox.people.find(({ email }) => email.startsWith('mira'))
  accessToken = sandbox.issueTokens(mira?.id ?? '').accessToken
  const [first, ...others] = (await listOrganizations(wideClient())).items
  const elsewhere = others.find(({ regionUrl }) => regionUrl !== first?.regionUrl)
  if (first === undefined || elsewhere === undefined) throw new Error('Two regions are needed')
  own = first
  foreign = elsewhere
})

afterAll(() => Promise.all([api.close(), sandbox.close()]))

beforeEach(() => {
  client = narrowClient(wideClient(), [own.id])
  sandbox.clearRequests()
})

function wideClient(): SentryClient {
  const accessTokens = { current: () => Promise.resolve(accessToken), replace: () => Promise.reject(new Error('none')) }
  return api.createClient({ accessTokens, traffic: createGrantTraffic(), maxCalls: 30 })
}

const addressOf = ({ slug, regionUrl }: Organization) => ({ idOrSlug: slug, regionUrl })
const pathsAsked = () => sandbox.requests.map(({ path }) => path)

describe('a list of organizations', () => {
  test('holds the allowed alone, and counts no other', async () => {
    expect((await listOrganizations(wideClient())).items).toHaveLength(3)
    const { items, hits, next } = await listOrganizations(client)
    expect(items).toEqual([own])
    expect(hits ?? 1).toBe(1)
    expect(next).toBeNull()
  })

  test('holds nothing for whoever names others, and they are not asked for', async () => {
    expect((await listOrganizations(client, { query: `id:${foreign.id}` })).items).toEqual([])
    expect(sandbox.requests).toEqual([])
    expect((await listOrganizations(client, { query: `slug:${foreign.slug}` })).items).toEqual([])
    expect((await listOrganizations(client, { query: `id:${own.id} id:${foreign.id}` })).items).toEqual([own])
    expect(sandbox.requests.map(({ query }) => query).join()).not.toContain(`id%3A${foreign.id}`)
  })

  test('holds the allowed alone also where Sentry does not heed the search', async () => {
    const heedless: SentryClient = { ...wideClient(), get: (request) => wideClient().get({ ...request, query: {} }) }
    const { items, hits } = await listOrganizations(narrowClient(heedless, [own.id]))
    expect([items, hits]).toEqual([[own], null])
  })
})

describe('what is about an organization', () => {
  test('is asked when it is allowed, by id or by slug, with one look at its name at most', async () => {
    expect(await findOrganization(client, { idOrSlug: own.id, regionUrl: null })).toMatchObject({ slug: own.slug })
    expect(pathsAsked()).toEqual([`/api/0/organizations/${own.id}/`])
    await listProjects(client, addressOf(own))
    await findOrganization(client, { idOrSlug: own.slug, regionUrl: null })
    expect(pathsAsked().filter((path) => path === '/api/0/organizations/')).toHaveLength(1)
  })

  test('costs no look at its name when a list has told it', async () => {
    await listOrganizations(client)
    await listProjects(client, addressOf(own))
    expect(pathsAsked()).toHaveLength(2)
  })

  test('is not found when it is another one, and never reaches Sentry', async () => {
    expect((await listProjects(wideClient(), addressOf(foreign))).items.length).toBeGreaterThan(0)
    sandbox.clearRequests()
    for (const idOrSlug of [foreign.slug, foreign.id, own.slug.toUpperCase(), `${own.slug}/../${foreign.slug}`]) {
      const refused = listProjects(client, { idOrSlug, regionUrl: foreign.regionUrl })
      await expect(refused).rejects.toMatchObject({ code: 'not_found' })
    }
    const request = { method: 'PUT' as const, endpoint: '/api/0/organizations/{org}/issues/', body: {} }
    const write = client.write({ ...request, parameters: { org: foreign.slug } })
    await expect(write).rejects.toMatchObject({ code: 'not_found' })
    expect(pathsAsked().filter((path) => path !== '/api/0/organizations/')).toEqual([])
  })
})

test('what is about no organization is not found, unless it is known to be harmless', async () => {
  for (const endpoint of ['/api/0/', '/api/0/users/me/', '/api/0/issues/{issue}/']) {
    const refused = client.get({ endpoint, parameters: { issue: '1' } })
    await expect(refused).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(sandbox.requests).toEqual([])
})

test('regions are those of the allowed', async () => {
  expect(await listRegions(wideClient())).toHaveLength(2)
  expect(await listRegions(client)).toEqual([expect.objectContaining({ url: own.regionUrl })])
})

test('a client narrowed to nothing asks nothing', async () => {
  const closed = narrowClient(wideClient(), [])
  expect((await listOrganizations(closed)).items).toEqual([])
  await expect(findOrganization(closed, addressOf(own))).rejects.toMatchObject({ code: 'not_found' })
  expect(sandbox.requests).toEqual([])
})
