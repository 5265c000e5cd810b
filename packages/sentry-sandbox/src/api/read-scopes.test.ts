import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { createApiClient } from '../testing/api-client.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => new Date('2026-10-01T12:34:00Z') })
})
afterAll(() => sandbox.close())

const originOf = (name: 'us' | 'de') => sandbox.regions.find((region) => region.name === name)?.url ?? ''

const organization = 'organizations/lumen-freight'
const project = 'projects/lumen-freight/ledger'

const ofOrganization = [
  `${organization}/project-keys/`,
  `${organization}/environments/`,
  `${organization}/repos/`,
  `${organization}/events/?field=count()&project=-1&statsPeriod=1h`,
  `${organization}/events-timeseries/?project=-1&statsPeriod=1h`,
  `${organization}/events-stats/?project=-1&statsPeriod=1h`,
  `${organization}/stats_v2/?field=sum(quantity)&category=error&statsPeriod=1h`,
  `${organization}/stats-summary/?field=sum(quantity)&statsPeriod=1h`,
  `${organization}/sessions/?field=sum(session)&statsPeriod=1h`,
  `${organization}/replays/?statsPeriod=1h`,
]
const ofProject = [
  `${project}/keys/`,
  `${project}/environments/`,
  `${project}/ownership/`,
  `${project}/stats/`,
  `${project}/releases/`,
]

test.each([
  ...ofOrganization.map((path) => [path, ['org:read', 'org:write', 'org:admin']] as const),
  ...ofProject.map((path) => [path, ['project:read', 'project:write', 'project:admin']] as const),
  [`${organization}/releases/`, ['project:read', 'project:write', 'project:admin', 'project:releases']] as const,
  [`${organization}/monitors/`, ['org:read', 'alerts:read', 'alerts:write']] as const,
  [`${organization}/workflows/`, ['org:read', 'alerts:read', 'alerts:write']] as const,
])('%s opens to any of %j, and to nothing else', async (path, scopes) => {
  for (const scope of scopes) {
    const { status, body } = await createApiClient(sandbox, 'mira', [scope])(path)
    expect([scope, status, status === 200 ? null : body]).toEqual([scope, 200, null])
  }
  const { status, headers } = await createApiClient(sandbox, 'mira', ['member:admin', 'team:admin', 'event:admin'])(
    path,
  )
  expect(status).toBe(403)
  expect(headers.get('www-authenticate')).toContain('insufficient_scope')
  expect((await fetch(`${sandbox.url}/api/0/${path}`)).status).toBe(401)
})

test.each([...ofOrganization, `${organization}/releases/`, `${organization}/monitors/`, `${organization}/workflows/`])(
  '%s is on control and in its own region, and nowhere else',
  async (path) => {
    const client = createApiClient(sandbox, 'mira')
    const [control, own, other] = [
      await client(path),
      await client(path, { origin: originOf('us') }),
      await client(path, { origin: originOf('de') }),
    ]
    expect([control.status, own.status, other.status]).toEqual([200, 200, 404])
    expect(own.body).toEqual(control.body)
  },
)

test('somebody outside the organization is refused everywhere', async () => {
  const client = createApiClient(sandbox, 'mira')
  for (const path of ofOrganization) {
    expect((await client(path.replace('lumen-freight', 'fjordbank'))).status).toBe(403)
  }
})
