import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient, pluck, type ApiClient } from '../testing/api-client.ts'
import { findPerson } from '../testing/sign-in.ts'

let sandbox: Sandbox
let mira: ApiClient
let sam: ApiClient

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  mira = createApiClient(sandbox, 'mira')
  sam = createApiClient(sandbox, 'sam')
})
afterAll(() => sandbox.close())

const anonymous = { headers: { authorization: '' } }

test('the index tells an access token its scopes and its person, and a stranger nothing', async () => {
  const { id } = findPerson(sandbox, 'mira')
  const scopes = ['event:read', 'member:read', 'org:read', 'project:read', 'team:read']
  expect((await mira('')).body).toMatchObject({ version: '0', auth: { scopes }, user: { id } })
  const stranger = await mira('', anonymous)
  expect([stranger.status, stranger.body]).toEqual([200, { version: '0', auth: null, user: null }])
})

test('auth/ is the person behind the access token, and an empty 400 for strangers', async () => {
  expect((await sam('auth/')).body).toMatchObject({ name: null, email: 'sam@post.example', identities: [] })
  const stranger = await sam('auth/', anonymous)
  expect([stranger.status, stranger.body]).toEqual([400, ''])
})

test('users/me/ is closed to every access token', async () => {
  expect((await createApiClient(sandbox, 'mira', ['org:admin', 'member:admin'])('users/me/')).status).toBe(403)
})

test('regions are those in which the person has organizations, sorted by name', async () => {
  const regions = sandbox.regions.toSorted((left, right) => Number(left.name > right.name) - 1)
  expect((await mira('users/me/regions/')).body).toEqual({ regions })
  expect((await sam('users/me/regions/')).body).toEqual({ regions: [] })
})

describe('regions', () => {
  test('do not have what only control has', async () => {
    for (const { url: origin } of sandbox.regions) {
      for (const path of ['', 'auth/', 'users/me/', 'users/me/regions/']) {
        const answer = await mira(path, { origin })
        expect([path, answer.status, answer.body]).toEqual([path, 404, ''])
      }
    }
  })

  test('list their own organizations, control lists all, and each says where it lives', async () => {
    const [us, de] = sandbox.regions
    const list = async (origin: string) => pluck((await mira('organizations/', { origin })).body, 'slug')
    expect(await list(sandbox.url)).toEqual(['tiny-orchard', 'kleinwerk', 'lumen-freight'])
    expect(await list(us?.url ?? '')).toEqual(['tiny-orchard', 'lumen-freight'])
    expect(await list(de?.url ?? '')).toEqual(['kleinwerk'])
    const links = pluck((await mira('organizations/')).body, 'links') as { regionUrl: string }[]
    expect(links.map(({ regionUrl }) => regionUrl)).toEqual([us?.url, de?.url, us?.url])
  })

  test('answer for their organizations what control answers for them, and 404 for others', async () => {
    const [us, de] = sandbox.regions
    const path = 'organizations/kleinwerk/projects/?per_page=2'
    const [byRegion, byControl] = [await mira(path, { origin: de?.url ?? '' }), await mira(path)]
    expect(byControl.body).toEqual(byRegion.body)
    expect(byControl.headers.get('link')).toBe(byRegion.headers.get('link'))
    const elsewhere = await mira(path, { origin: us?.url ?? '' })
    expect([elsewhere.status, elsewhere.body]).toEqual([404, { detail: 'The requested resource does not exist' }])
  })
})

test.each([
  ['nothing', '', 'Authentication credentials were not provided.'],
  ['another scheme', 'Basic eDp5', 'Authentication credentials were not provided.'],
  ['no token', 'Bearer', 'Invalid token header. No credentials provided.'],
  ['two tokens', 'Bearer a b', 'Invalid token header. Token string should not contain spaces.'],
  ['an unknown token', `Bearer ${'0'.repeat(64)}`, 'Invalid token'],
])('an Authorization header with %s is a 401 that says so', async (_what, authorization, detail) => {
  const answer = await mira('organizations/', { headers: { authorization } })
  expect([answer.status, answer.body]).toEqual([401, { detail }])
})
