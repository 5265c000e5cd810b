import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient, pluck, readLinks, type ApiClient } from '../testing/api-client.ts'

let sandbox: Sandbox
let mira: ApiClient
let us: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
  us = sandbox.regions[0]?.url ?? ''
})
afterAll(() => sandbox.close())

const projects = 'organizations/lumen-freight/projects/'

describe('a page', () => {
  test('names both neighbours, the cursor last in the address', async () => {
    const { headers } = await mira(`${projects}?cursor=0:2:0&per_page=2&query=s`, { origin: us })
    const base = `${us}/api/0/${projects}?per_page=2&query=s`
    expect(headers.get('link')).toBe(
      `<${base}&cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", ` +
        `<${base}&cursor=0:4:0>; rel="next"; results="true"; cursor="0:4:0"`,
    )
  })

  test('has a question mark in its links even without other parameters, and both relations even when it is the only one', async () => {
    const { headers } = await mira(projects, { origin: us })
    expect(readLinks(headers)).toEqual({
      previous: { url: `${us}/api/0/${projects}?&cursor=0:0:1`, results: 'false', cursor: '0:0:1' },
      next: { url: `${us}/api/0/${projects}?&cursor=0:100:0`, results: 'false', cursor: '0:100:0' },
    })
  })

  test('after page holds every item once, and ends with results="false"', async () => {
    const whole = pluck((await mira(projects)).body, 'id')
    const collected: unknown[] = []
    let cursor = ''
    for (let results = 'true'; results === 'true';) {
      const { body, headers } = await mira(`${projects}?per_page=5&cursor=${cursor}`)
      collected.push(...pluck(body, 'id'))
      ;({ results = '', cursor = '' } = readLinks(headers)['next'] ?? {})
    }
    expect(collected).toEqual(whole)
  })

  test('can be left backwards', async () => {
    const [first, second] = [await mira(`${projects}?per_page=5`), await mira(`${projects}?per_page=5&cursor=0:5:0`)]
    const cursor = readLinks(second.headers)['previous']?.cursor ?? ''
    expect((await mira(`${projects}?per_page=5&cursor=${cursor}`)).body).toEqual(first.body)
  })

  test('past the end is empty', async () => {
    const { body, headers } = await mira(`${projects}?cursor=0:5000:0`)
    expect([body, readLinks(headers)['next']?.results]).toEqual([[], 'false'])
  })

  test.each([
    ['per_page=101', 'Invalid per_page value. Cannot exceed 100.'],
    ['per_page=ten', 'Invalid per_page parameter.'],
    ['per_page=', 'Invalid per_page parameter.'],
    ['per_page=0', 'Invalid per_page parameter.'],
    ['per_page=-1', 'Invalid per_page parameter.'],
    ['cursor=x', 'Invalid cursor parameter.'],
    ['cursor=0:0', 'Invalid cursor parameter.'],
    ['cursor=0:-5:0', 'Invalid cursor parameter.'],
    ['cursor=0:0:2', 'Invalid cursor parameter.'],
    ['cursor=0:99999999999999999999:0', 'Invalid cursor parameter.'],
  ])('with ?%s is a 400', async (query, detail) => {
    const answer = await mira(`${projects}?${query}`)
    expect([answer.status, answer.body]).toEqual([400, { detail }])
  })
})

const findProjects = async (query: string) =>
  pluck((await mira(`${projects}?${new URLSearchParams({ query }).toString()}`)).body, 'slug').map(String)

describe('projects', () => {
  test('come bookmarked first, then by slug', async () => {
    const slugs = await findProjects('')
    expect(slugs.slice(0, 3)).toEqual(['edge-proxy', 'shop-web', 'accounts-web'])
    expect(slugs.slice(2)).toEqual(
      slugs.slice(2).toSorted((left, right) => Number(left > right) - Number(left < right)),
    )
  })

  test('are found by id, slug, team, membership and text', async () => {
    const [first, second] = pluck((await mira(projects)).body, 'id')
    expect(await findProjects(`id:${String(first)} id:${String(second)}`)).toEqual(['edge-proxy', 'shop-web'])
    expect(await findProjects('slug:ledger slug:geocoder')).toEqual(['geocoder', 'ledger'])
    expect(await findProjects('team:payments !team:storefront !team:data-platform')).toEqual([
      'invoice-renderer',
      'ledger',
      'payments-api',
      'payouts-worker',
    ])
    expect(await findProjects('is_member:1')).toEqual([
      'edge-proxy',
      'conveyor-control',
      'cron-runner',
      'metrics-collector',
    ])
    expect(await findProjects('HAND scanner')).toEqual(['scanner-android'])
    expect(await findProjects('unknown:term')).toEqual([])
  })

  test('come all at once when that is asked for', async () => {
    const { body, headers } = await mira(`${projects}?all_projects=1&per_page=2`)
    expect([pluck(body, 'id').length, headers.get('link')]).toEqual([42, null])
  })
})

test('organizations come newest first, or the largest, or only one’s own', async () => {
  expect(pluck((await mira('organizations/')).body, 'slug')).toEqual(['tiny-orchard', 'kleinwerk', 'lumen-freight'])
  const sorted = await mira('organizations/?sortBy=members&per_page=1')
  expect(pluck(sorted.body, 'slug')).toEqual(['lumen-freight'])
  expect(pluck((await mira('organizations/?query=slug:kleinwerk')).body, 'slug')).toEqual(['kleinwerk'])
  expect((await createApiClient(sandbox, 'noor')('organizations/?owner=1')).body).toEqual([])
})

test('an organization is found by id or by its exact slug', async () => {
  const [id] = pluck((await mira('organizations/?query=slug:kleinwerk')).body, 'id')
  expect((await mira(`organizations/${String(id)}/?detailed=0`)).body).toMatchObject({ slug: 'kleinwerk' })
  expect((await mira('organizations/Kleinwerk/')).status).toBe(404)
})

test('the detail of an organization brings teams and projects unless they are declined', async () => {
  const [full, lean] = [await mira('organizations/kleinwerk/'), await mira('organizations/kleinwerk/?detailed=0')]
  expect(full.body).toMatchObject({ teams: expect.any(Array), projects: expect.any(Array), features: [] })
  expect(lean.body).not.toHaveProperty('projects')
  const flags = await mira('organizations/kleinwerk/?detailed=0&include_feature_flags=1')
  expect(flags.body).toMatchObject({ features: expect.arrayContaining(['issue-platform']) })
})

test('a renamed project answers its old slug with 302, wherever that stands in the path, and its id as ever', async () => {
  const moved = await mira('projects/lumen-freight/storefront/teams/')
  const url = '/api/0/projects/lumen-freight/shop-web/teams/'
  const detail = { code: 'resource-moved', message: 'Resource has been moved', extra: { url, slug: 'shop-web' } }
  expect([moved.status, moved.headers.get('location'), moved.body]).toEqual([302, url, { slug: 'shop-web', detail }])
  const [id] = pluck((await mira(`${projects}?query=slug:shop-web`)).body, 'id')
  expect((await mira(`projects/lumen-freight/${String(id)}/`)).status).toBe(200)
})

test('a list of projects leaves the latest deploys out when they are collapsed', async () => {
  const [whole] = (await mira(`${projects}?per_page=1`)).body as Record<string, unknown>[]
  const { latestDeploys, ...rest } = whole ?? {}
  expect(latestDeploys).toBeNull()
  const collapsed = await mira(`${projects}?per_page=1&collapse=latestDeploys&collapse=unusedFeatures`)
  expect(collapsed.body).toEqual([rest])
})

test('a project has its organization, whole or collapsed', async () => {
  const whole = await mira('projects/kleinwerk/leitstand/')
  expect(whole.body).toMatchObject({ slug: 'leitstand', organization: { slug: 'kleinwerk', links: expect.anything() } })
  const collapsed = (await mira('projects/kleinwerk/leitstand/?collapse=organization')).body as Record<string, object>
  expect(Object.keys(collapsed['organization'] ?? {})).toEqual(['id', 'slug'])
})

test('a team has its organization and, on request, its projects', async () => {
  const { body } = await mira('teams/kleinwerk/portal/?expand=projects&expand=externalTeams&collapse=organization')
  expect(body).toMatchObject({ slug: 'portal', memberCount: 3, projects: expect.any(Array), externalTeams: [] })
  expect(body).not.toHaveProperty('organization')
  expect((await mira('teams/kleinwerk/portal/')).body).toHaveProperty('organization.slug', 'kleinwerk')
})

test('members are people and invitations; the list is searchable, the detail goes by membership id or me', async () => {
  const { body } = await mira('organizations/lumen-freight/members/?query=role:member')
  const people = body as { id: string; user: { id: string } | null; pending: boolean; expired: boolean }[]
  expect(people.filter(({ user, pending }) => (user === null) !== pending)).toEqual([])
  expect(people.some(({ expired }) => expired)).toBe(true)
  const someone = people.find(({ user }) => user !== null)
  expect((await mira(`organizations/lumen-freight/members/${someone?.id ?? ''}/`)).body).toMatchObject({
    id: someone?.id,
    teams: expect.any(Array),
  })
  expect((await mira(`organizations/lumen-freight/members/${someone?.user?.id ?? ''}/`)).status).toBe(404)
  expect((await mira('organizations/lumen-freight/members/me/')).body).toMatchObject({ orgRole: 'owner' })
})
