import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

const scopes = 'org:read project:read team:read member:read event:read event:write'

let gateway: TestGateway
let browser: Browser
let issueId: string

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const list = '{ organization(slug: "lumen-freight") { issues(first: 1) { nodes { id } } } }'
  const { data } = (await browser.graphql(list)).json()
  issueId = data.organization.issues.nodes[0].id
})

afterAll(() => gateway.close())

const resolve = () => `mutation {
  resolveIssues(input: { issueIds: ["${issueId}"] }) { results { outcome error { __typename } } }
}`

async function writesDuring(work: () => Promise<unknown>): Promise<string[]> {
  gateway.sandbox.clearRequests()
  await work()
  return gateway.sandbox.requests.map(({ method }) => method).filter((method) => method !== 'GET')
}

test('without the scope among those the gateway asks for, there is no such mutation', async () => {
  const writes = await writesDuring(async () => {
    const answer = await browser.graphql(resolve())
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    const { data } = (await browser.graphql('{ __schema { types { name } } }')).json()
    const names = (data.__schema.types as { name: string }[]).map(({ name }) => name)
    expect(names).toContain('Issue')
    expect(names).not.toContain('UpdateIssuesPayload')
  })
  expect(writes).toEqual([])
})

test('with it, a session from before is told that it lacks the scope', async () => {
  await gateway.restart({ SENTRY_OAUTH_SCOPES: scopes })
  const former = gateway.openBrowser()
  for (const [name, value] of browser.cookies) former.cookies.set(name, value)
  const writes = await writesDuring(async () => {
    const { data } = (await former.graphql(resolve())).json()
    expect(data.resolveIssues.results).toMatchObject([
      { outcome: 'REFUSED', error: { __typename: 'MissingScopeError' } },
    ])
  })
  expect(writes).toEqual([])
})

test('a new session changes the issue, by POST alone', async () => {
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  const byGet = await writesDuring(async () => {
    const address = `/graphql?${new URLSearchParams({ query: resolve() })}`
    expect((await browser.get(address, { 'graphql-require-preflight': '1' })).statusCode).toBe(405)
  })
  expect(byGet).toEqual([])
  const byPost = await writesDuring(async () => {
    const { data } = (await browser.graphql(resolve())).json()
    expect(data.resolveIssues.results).toEqual([{ outcome: 'CHANGED', error: null }])
  })
  expect(byPost).toEqual(['PUT'])
})
