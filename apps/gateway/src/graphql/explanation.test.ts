import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

describe('the plan of an operation', () => {
  let gateway: TestGateway
  let browser: Browser

  beforeAll(async () => {
    gateway = await startGateway({ ALLOWED_ORIGINS: 'https://app.example.com' })
    browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, 'mira').id)
  })

  beforeEach(() => gateway.sandbox.clearRequests())
  afterAll(() => gateway.close())

  const query = `query ($slug: String!) { here: organization(slug: $slug) {
    issues(first: 5) { nodes { title assignee { ... on User { username } } project { platform dateCreated isBookmarked } } }
  } }`

  async function ask(explain: string | null, document = query) {
    const headers = {
      'content-type': 'application/json',
      'graphql-require-preflight': '1',
      'cache-control': 'no-cache',
      ...browser.cookieHeader(),
      ...(explain === null ? {} : { 'x-sentry-graph-explain': explain }),
    }
    const payload = { query: document, variables: { slug: 'lumen-freight' } }
    const answer = await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload })
    return answer.json()
  }

  const upstream = () => gateway.sandbox.requests.filter(({ path }) => path.startsWith('/api/0/'))

  test('comes with the answer: every call, why it was made, for which fields and what would avoid it', async () => {
    const { data, errors, extensions } = await ask('1')
    expect(errors).toBeUndefined()
    expect(data.here.issues.nodes).toHaveLength(5)
    expect(extensions.plan).toHaveLength(upstream().length)
    expect(extensions.plan.slice(0, 2)).toEqual([
      {
        endpoint: 'GET organizations/{org}/',
        why: 'one',
        fields: ['here'],
        avoid: 'Leave out here.',
        source: 'call',
        status: 200,
        durationMs: expect.any(Number),
      },
      {
        endpoint: 'GET organizations/{org}/issues/',
        why: 'one',
        fields: ['here.issues'],
        avoid: 'Leave out here.issues.',
        source: 'call',
        status: 200,
        durationMs: expect.any(Number),
      },
    ])
    // Two fields share the call, whichever asked first.
    expect(extensions.plan.slice(2)).toContainEqual(
      expect.objectContaining({
        endpoint: 'GET organizations/{org}/projects/',
        fields: ['here.issues.nodes.project.dateCreated', 'here.issues.nodes.project.isBookmarked'],
        why: 'one per organization and 100 of 5 siblings of 1 organization',
        avoid: expect.stringContaining('the other fields come along'),
      }),
    )
  })

  test('names the fields that calls are made for, also where a field above asks ahead for them', async () => {
    const asked =
      '{ organization(slug: "lumen-freight") { a: issue(shortId: "A-1") { id } b: issue(shortId: "B-1") { id } } }'
    const { extensions } = await ask('1', asked)
    const told = extensions.plan.map(({ why, fields }: { why: string; fields: string[] }) => [why, fields])
    expect(told.toSorted()).toEqual([
      ['one', ['organization']],
      ['one', ['organization.a']],
      ['one', ['organization.b']],
    ])
  })

  test('holds no value of the request and no address', async () => {
    const { extensions } = await ask('1')
    const told = JSON.stringify(extensions.plan, (key, value: unknown) => (key === 'durationMs' ? null : value))
    expect(told).not.toMatch(/lumen|https?:|127\.0\.0\.1|\d{4,}/)
  })

  test('tells what was remembered', async () => {
    const twice = `query ($slug: String!) { a: organization(slug: $slug) { name } b: organization(slug: $slug) { name } }`
    const { extensions } = await ask('1', twice)
    const sources: string[] = extensions.plan.map(({ source }: { source: string }): string => source)
    expect(sources.toSorted()).toEqual(['call', 'shared'])
    expect(upstream()).toHaveLength(1)
  })

  test('comes alone when nothing is to be run, even beyond the budget', async () => {
    const { data, errors, extensions } = await ask(
      'only',
      `query ($slug: String!) { organization(slug: $slug) { projects(first: 40) { nodes { issues { nodes { id } } } } } }`,
    )
    expect({ data, errors }).toEqual({ data: null, errors: undefined })
    expect(extensions.cost).toMatchObject({ estimated: 42, upstreamCalls: 0 })
    expect(extensions.plan).toMatchObject([
      { endpoint: 'GET organizations/{org}/', count: 1 },
      { endpoint: 'GET organizations/{org}/projects/', count: 1 },
      { count: 40, why: 'one for each of 40 parents', fields: ['organization.projects.nodes.issues'] },
    ])
    expect(upstream()).toEqual([])
  })

  test.each([null, '0', 'yes'])('is not told unless it is asked for: %j', async (explain) => {
    const { extensions } = await ask(explain)
    expect(extensions).not.toHaveProperty('plan')
  })

  test('may be asked for by allowed pages', async () => {
    const answer = await gateway.app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
    })
    expect(answer.headers['access-control-allow-headers']).toContain('x-sentry-graph-explain')
  })
})
