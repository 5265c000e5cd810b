import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let browser: Browser
let stranger: Server
let strangerUrl: string
let heard: string[]

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  stranger = createServer((request: IncomingMessage, response) => {
    heard.push(`${request.url} ${request.headers.authorization}`)
    response.setHeader('content-type', 'application/json').end('[]')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  heard = []
})

afterEach(() => gateway.sandbox.clearFaults())

afterAll(async () => {
  stranger.close()
  await gateway.close()
})

const organizations =
  '{ viewer { organizations(first: 1) { nodes { slug projects { nodes { slug } } } pageInfo { endCursor hasNextPage } } } }'

test('a client that follows redirects would hand the token to whomever Sentry names', async () => {
  gateway.sandbox.fault({ path: '/api/0/organizations/', times: 1 }, { redirect: `${strangerUrl}/stolen` })
  await fetch(`${gateway.sandbox.url}/api/0/organizations/`, { headers: { authorization: 'Bearer x' } })
  expect(heard).toHaveLength(1)
  heard = []
})

test('a redirect of Sentry’s is not followed', async () => {
  gateway.sandbox.fault({ path: '/api/0/organizations/' }, { redirect: `${strangerUrl}/stolen` })
  const { data, errors } = (await browser.graphql(organizations)).json()
  expect(data.viewer.organizations).toBeNull()
  expect(errors[0].extensions.code).toMatch(/^UPSTREAM_/)
  expect(heard).toEqual([])
})

const organizationWith = (links: object) => ({
  id: '1',
  slug: 'acme',
  name: 'Acme',
  dateCreated: '2024-01-01T00:00:00Z',
  status: { id: 'active', name: 'active' },
  avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
  links,
})

test('a region that is not ours is not asked', async () => {
  const body = [organizationWith({ organizationUrl: strangerUrl, regionUrl: strangerUrl })]
  gateway.sandbox.fault({ path: '/api/0/organizations/' }, { status: 200, body })
  const { errors } = (await browser.graphql(organizations)).json()
  expect(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([
    'UPSTREAM_INVALID',
  ])
  expect(heard).toEqual([])
})

test('of a Link header the cursor is taken and not the address', async () => {
  const link = `<${strangerUrl}/next>; rel="next"; results="true"; cursor="0:1:0"`
  const body = [organizationWith({ organizationUrl: '', regionUrl: '' })]
  gateway.sandbox.fault({ path: '/api/0/organizations/', times: 1 }, { status: 200, body, headers: { link } })
  const query =
    'query ($after: String) { viewer { organizations(first: 1, after: $after) { nodes { slug } pageInfo { endCursor hasNextPage } } } }'
  const first = (await browser.graphql(query)).json()
  expect(first.errors).toBeUndefined()
  const after = first.data.viewer.organizations.pageInfo.endCursor
  gateway.sandbox.clearRequests()
  await browser.send({
    method: 'POST',
    url: '/graphql',
    headers: { 'graphql-require-preflight': '1' },
    payload: { query, variables: { after } },
  })
  expect(gateway.sandbox.requests.map(({ path }) => path)).toEqual(['/api/0/organizations/'])
  expect(heard).toEqual([])
})
