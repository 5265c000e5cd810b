import { type Sandbox, startSandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGrantTraffic } from './grant-traffic.ts'
import { findMember, listMembers } from './resources/members.ts'
import { findOrganization, listOrganizations, type Organization } from './resources/organizations.ts'
import { findProject, listProjects } from './resources/projects.ts'
import { listRegions } from './resources/regions.ts'
import { findTeam, listTeams } from './resources/teams.ts'
import { readCurrentUser } from './resources/users.ts'
import { createSentryApi, type SentryApi } from './sentry-api.ts'
import type { SentryClient } from './sentry-client.ts'

let sandbox: Sandbox
let api: SentryApi
let client: SentryClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  const allowedOrigins = sandbox.regions.map(({ url }) => url)
  api = createSentryApi({ sentryUrl: sandbox.url, allowedOrigins, timeout: 10_000, userAgent: 'sentry-graph-test' })
})

beforeEach(() => {
  client = clientOf('mira')
  sandbox.clearRequests()
})

afterEach(() => sandbox.clearFaults())
afterAll(() => Promise.all([api.close(), sandbox.close()]))

function clientOf(name: string, scopes?: readonly string[]): SentryClient {
  const person = sandbox.people.find(({ email }) => email.startsWith(name))
  const { accessToken } = sandbox.issueTokens(person?.id ?? '', scopes)
  const accessTokens = { current: () => Promise.resolve(accessToken), replace: () => Promise.reject(new Error('none')) }
  return api.createClient({ accessTokens, traffic: createGrantTraffic(), maxCalls: 30 })
}

const addressOf = ({ slug, regionUrl }: Organization) => ({ idOrSlug: slug, regionUrl })

async function organizationIn(region: 'us' | 'de'): Promise<Organization> {
  const { items } = await listOrganizations(client)
  const regionUrl = sandbox.regions.find(({ name }) => name === region)?.url
  const found = items.find((organization) => organization.regionUrl === regionUrl)
  if (!found) throw new Error(`No organization in ${region}`)
  return found
}

test('knows whom the access token speaks for', async () => {
  expect((await readCurrentUser(client)).name).toBe('Mira Lindqvist')
})

test('lists the organizations of both regions in one call', async () => {
  const { items } = await listOrganizations(client)
  expect(new Set(items.map(({ regionUrl }) => regionUrl))).toEqual(new Set(sandbox.regions.map(({ url }) => url)))
  expect(sandbox.requests).toMatchObject([{ host: 'control', path: '/api/0/organizations/' }])
  expect(await listRegions(client)).toEqual(expect.arrayContaining([...sandbox.regions]))
})

test('lists of projects come without what Sentry has to look up and nobody reads', async () => {
  await listProjects(client, addressOf(await organizationIn('us')), { query: 'web' })
  expect(new URLSearchParams(sandbox.requests.at(-1)?.query).getAll('collapse')).toEqual([
    'latestDeploys',
    'unusedFeatures',
  ])
})

describe.each(['us', 'de'] as const)('an organization in %s', (region) => {
  test('is asked in its region, and through the control host where that is not known', async () => {
    const organization = await organizationIn(region)
    const { items } = await listProjects(client, addressOf(organization))
    expect(items.length).toBeGreaterThan(0)
    expect(sandbox.requests.at(-1)?.host).toBe(region)
    const viaControl = await listProjects(client, { idOrSlug: organization.id, regionUrl: null })
    expect(viaControl.items).toEqual(items)
    expect((await findOrganization(client, { idOrSlug: organization.id, regionUrl: null })).access).toContain(
      'org:read',
    )
  })

  test('gives its projects, teams and members in a list and one by one', async () => {
    const address = addressOf(await organizationIn(region))
    const [project] = (await listProjects(client, address, { perPage: 1 })).items
    const [team] = (await listTeams(client, address, { perPage: 1 })).items
    const [member] = (await listMembers(client, address, { perPage: 1 })).items
    expect(await findProject(client, address, project?.slug ?? '')).toEqual(project)
    expect(await findTeam(client, address, team?.id ?? '')).toEqual(team)
    expect(await findMember(client, address, member?.id ?? '')).toEqual(member)
  })
})

test('walks a list by its cursors, each item once', async () => {
  const address = addressOf(await organizationIn('us'))
  const whole = await listProjects(client, address)
  const walked: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listProjects>> = await listProjects(client, address, { perPage: 7, cursor })
    walked.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  expect(whole.next).toBeNull()
  expect(walked).toEqual(whole.items.map(({ id }) => id))
})

test('tells a missing scope from a stranger', async () => {
  const { slug } = await organizationIn('us')
  const address = { idOrSlug: slug, regionUrl: null }
  const members = listMembers(clientOf('mira', ['org:read']), address)
  await expect(members).rejects.toMatchObject({ code: 'forbidden', requiredScope: 'member:read' })
  const stranger = findOrganization(clientOf('sam'), address)
  await expect(stranger).rejects.toMatchObject({ code: 'forbidden', requiredScope: null })
  await expect(findOrganization(client, { idOrSlug: 'nowhere', regionUrl: null })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test.each([
  ['html', { code: 'invalid_response' }],
  ['truncate', { code: 'unavailable' }],
  ['reset', { code: 'unavailable' }],
] as const)('%s from Sentry is an error of its own', async (fault, error) => {
  sandbox.fault({ path: '/api/0/organizations/' }, fault)
  await expect(listOrganizations(client)).rejects.toMatchObject(error)
})
