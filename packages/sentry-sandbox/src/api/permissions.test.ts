import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient, pluck, type ApiClient } from '../testing/api-client.ts'

let sandbox: Sandbox
let mira: ApiClient
let noor: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
  noor = createApiClient(sandbox, 'noor')
})
afterAll(() => sandbox.close())

const forbidden = { detail: 'You do not have permission to perform this action.' }

const readDetail = async (client: ApiClient) => (await client('organizations/lumen-freight/?detailed=0')).body

describe('scopes', () => {
  test.each([
    ['organizations/', 'org'],
    ['organizations/lumen-freight/', 'org'],
    ['organizations/lumen-freight/projects/', 'org'],
    ['organizations/lumen-freight/teams/', 'org'],
    ['organizations/lumen-freight/user-teams/', 'org'],
    ['organizations/lumen-freight/members/', 'member'],
    ['organizations/lumen-freight/members/me/', 'member'],
    ['projects/lumen-freight/shop-web/', 'project'],
    ['projects/lumen-freight/shop-web/teams/', 'project'],
    ['projects/lumen-freight/shop-web/members/', 'project'],
    ['teams/lumen-freight/sre/', 'team'],
    ['teams/lumen-freight/sre/projects/', 'project'],
    ['teams/lumen-freight/sre/members/', 'team'],
  ])('%s opens to any of %s:read, :write and :admin, and to nothing else', async (path, resource) => {
    for (const right of ['read', 'write', 'admin']) {
      expect((await createApiClient(sandbox, 'mira', [`${resource}:${right}`])(path)).status).toBe(200)
    }
    const others = ['org', 'member', 'project', 'team'].filter((other) => other !== resource)
    const wrong = createApiClient(sandbox, 'mira', [...others.map((other) => `${other}:admin`), 'event:admin'])
    const refused = await wrong(path)
    expect([refused.status, refused.body]).toEqual([403, forbidden])
    expect(refused.headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", scope="${resource}:admin ${resource}:read ${resource}:write"`,
    )
  })

  test('never reach further than the role', async () => {
    const scopes = ['org:admin', 'project:admin', 'team:admin']
    expect(await readDetail(createApiClient(sandbox, 'noor', scopes))).toMatchObject({
      orgRole: 'member',
      access: ['org:read', 'project:read', 'team:read'],
    })
    expect(await readDetail(createApiClient(sandbox, 'mira', scopes))).toMatchObject({
      orgRole: 'owner',
      access: expect.arrayContaining(['org:admin', 'project:admin', 'team:admin']),
    })
  })
})

describe('an organization with closed membership', () => {
  test('shows each person what their teams own, and an owner everything', async () => {
    const path = 'organizations/lumen-freight/projects/'
    expect(pluck((await mira(path)).body, 'slug')).toHaveLength(42)
    expect(pluck((await noor(path)).body, 'slug')).toHaveLength(12)
    expect(pluck((await noor(path)).body, 'hasAccess')).not.toContain(false)
  })

  test.each(['projects/lumen-freight/edge-proxy/', 'teams/lumen-freight/sre/', 'teams/lumen-freight/sre/projects/'])(
    'refuses %s to a person outside the team',
    async (path) => {
      const refused = await noor(path)
      expect([refused.status, refused.body, refused.headers.get('www-authenticate')]).toEqual([403, forbidden, null])
      expect((await mira(path)).status).toBe(200)
    },
  )

  test('a team that a person may not enter is listed as such', async () => {
    const { body } = await noor('organizations/lumen-freight/teams/?query=slug:sre&detailed=0')
    expect(body).toMatchObject([{ slug: 'sre', hasAccess: false, isMember: false, access: [], memberCount: 4 }])
  })
})

test('an organization one does not belong to is forbidden, one that does not exist is not found', async () => {
  const [theirs, none] = [await mira('organizations/fjordbank/'), await mira('organizations/fjordbanc/')]
  expect([theirs.status, theirs.body]).toEqual([403, forbidden])
  expect([none.status, none.body]).toEqual([404, { detail: 'The requested resource does not exist' }])
})
