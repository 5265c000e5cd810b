import { StoreUnavailableError } from '@sentry-graph/session-store'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

const meant = { 'graphql-require-preflight': '1' }

describe('GraphQL over HTTP', () => {
  let gateway: TestGateway
  let cookie: string
  let url: string

  beforeAll(async () => {
    gateway = await startGateway()
    const browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, 'mira').id)
    cookie = browser.cookieHeader()['cookie'] ?? ''
    url = `${await gateway.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`
  })

  afterAll(() => gateway.close())

  const audits = serverAudits({
    url: () => url,
    fetchFn: (input: string, init?: RequestInit) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...meant, cookie } }),
  })

  test('the suite has the audits it is known for', () => {
    expect(audits).toHaveLength(61)
  })

  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
})

describe('the endpoint', () => {
  let gateway: TestGateway
  let browser: Browser

  beforeAll(async () => {
    gateway = await startGateway({ ALLOWED_ORIGINS: 'https://app.example.com' })
    browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, 'mira').id)
  })

  beforeEach(() => {
    gateway.sandbox.clearFaults()
    gateway.sandbox.clearRequests()
  })

  afterAll(() => gateway.close())

  const query = '{ viewer { user { name } } }'
  const answered = { viewer: { user: { name: 'Mira Lindqvist' } } }

  /** Sends a body as it is; Sentry must not hear of it. */
  async function sendInVain(payload: string) {
    const headers = { 'content-type': 'application/json', ...meant }
    const answer = await browser.send({ method: 'POST', url: '/graphql', headers, payload })
    expect(gateway.sandbox.requests).toEqual([])
    return answer
  }

  describe('wants a proof that a request with the cookie was meant', () => {
    test.each([
      ['no proof', {}],
      ['another site', { origin: 'https://evil.example' }],
      ['no origin at all', { origin: 'null' }],
      ['an origin that begins like ours', { origin: 'http://localhost:3001.evil.example' }],
      ['an origin that ends like an allowed one', { origin: 'https://evil-app.example.com' }],
      ['an allowed host on http', { origin: 'http://app.example.com' }],
      ['an allowed host on another port', { origin: 'https://app.example.com:444' }],
      ['an allowed host in capitals', { origin: 'https://APP.example.com' }],
      ['an allowed host and a slash', { origin: 'https://app.example.com/' }],
      ['a referrer', { referer: 'http://localhost:3001/' }],
    ])('and refuses %s, by POST and by GET', async (_, headers) => {
      const attempts = [
        await browser.graphql(query, headers),
        await browser.get(`/graphql?${new URLSearchParams({ query })}`, headers),
      ]
      for (const attempt of attempts) {
        expect(attempt.statusCode).toBe(403)
        const [error] = attempt.json().errors
        expect(error.extensions).toEqual({ code: 'CSRF', correlationId: expect.any(String) })
        expect(error.message).toContain('graphql-require-preflight')
        expect(attempt.json()).not.toHaveProperty('data')
        expect(attempt.headers).not.toHaveProperty('access-control-allow-origin')
      }
    })

    test.each([
      ['the header', meant],
      ['the header, whatever its value', { 'graphql-require-preflight': '' }],
      ['our own origin', { origin: 'http://localhost:3001' }],
      ['an allowed origin', { origin: 'https://app.example.com' }],
    ])('and takes %s for one', async (_, headers) => {
      expect((await browser.graphql(query, headers)).json().data).toEqual(answered)
    })

    test('and none where there is no cookie to abuse', async () => {
      expect((await gateway.openBrowser().graphql(query, {})).json().data).toEqual({ viewer: null })
    })

    test('because content types alone would let a form of another site through', async () => {
      for (const contentType of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const headers = { 'content-type': contentType, ...meant }
        const answer = await browser.send({ method: 'POST', url: '/graphql', headers, payload: `query=${query}` })
        expect(answer.statusCode).toBe(415)
        expect(answer.json().errors[0].extensions.code).toBe('BAD_USER_INPUT')
      }
    })
  })

  describe('across origins', () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    const ask = (origin: string, { app } = gateway) =>
      app.inject({ method: 'OPTIONS', url: '/graphql', headers: { origin, ...preflight } })

    test('lets an allowed page read, with credentials', async () => {
      const answer = await ask('https://app.example.com')
      expect(answer.statusCode).toBe(204)
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers':
          'authorization, content-type, graphql-require-preflight, x-sentry-graph-explain',
        vary: 'Origin',
      })
    })

    test.each([
      'https://evil.example',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://app.example.com.evil.example',
      'https://sub.app.example.com',
      'https://xapp.example.com',
      'https://app.example.co',
      'https://APP.example.com',
      'https://app.example.com/',
      'null',
      '*',
    ])('lets no page of %s', async (origin) => {
      const answer = await ask(origin)
      expect(answer.statusCode).toBe(404)
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.headers.vary).toBe('Origin')
    })

    test('has nothing to say where no origin is allowed', async () => {
      const closed = await startGateway()
      const answer = await ask('https://app.example.com', closed)
      expect(answer.statusCode).toBe(404)
      expect(answer.headers).not.toHaveProperty('vary')
      await closed.close()
    })
  })

  describe('refuses without asking Sentry', () => {
    test.each([
      ['no JSON', '{'],
      ['nothing', ''],
      ['null', 'null'],
      ['a number', '7'],
      ['a batch', '[{"query":"{ viewer { user { name } } }"}]'],
      ['an empty batch', '[]'],
      ['no query', '{}'],
      ['a query that is none', '{"query":7}'],
      ['an unfinished query', '{"query":"{ viewer {"}'],
      ['an unknown field', '{"query":"{ viewer { token } }"}'],
      ['an unknown operation', '{"query":"query A { viewer { user { name } } }","operationName":"B"}'],
      ['variables that are none', '{"query":"{ viewer { user { name } } }","variables":"v"}'],
      [
        'a prototype as variables',
        '{"query":"query ($a: [ID!]!) { nodes(ids: $a) { id } }","variables":{"__proto__":{"a":[]}}}',
      ],
    ])('%s', async (_, payload) => {
      const answer = await sendInVain(payload)
      expect(answer.statusCode).toBeGreaterThanOrEqual(200)
      expect(answer.statusCode).toBeLessThan(500)
      const [error] = answer.json().errors
      expect(error.message).toEqual(expect.any(String))
      expect(error.extensions.code).toBe('BAD_USER_INPUT')
      expect(answer.json().data ?? null).toBeNull()
      expect({}).not.toHaveProperty('a')
    })

    test('a body beyond 1 MB', async () => {
      const answer = await sendInVain(JSON.stringify({ query, variables: { filler: 'x'.repeat(1024 * 1024) } }))
      expect(answer.statusCode).toBe(413)
      expect(answer.json().errors[0].extensions.code).toBe('QUERY_TOO_LARGE')
    })

    test('a mutation by GET', async () => {
      const answer = await browser.get(`/graphql?${new URLSearchParams({ query: 'mutation { __typename }' })}`, meant)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
    })

    test.each(['/', '..', '%2f', 'a/b', '../../oauth/token', '%00', '\u0000'])(
      'an organization called %j',
      async (slug) => {
        const answer = await sendInVain(
          JSON.stringify({ query: 'query ($s: String!) { organization(slug: $s) { id } }', variables: { s: slug } }),
        )
        expect(answer.json().errors[0].extensions.code).toMatch(/^(BAD_USER_INPUT|NOT_FOUND)$/)
      },
    )
  })

  test('answers queries by GET', async () => {
    const answer = await browser.get(`/graphql?${new URLSearchParams({ query })}`, meant)
    expect(answer.json().data).toEqual(answered)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('tells a failure’s code, path, correlation id and cost, and no more', async () => {
    gateway.sandbox.fault({ path: /^\/api\/0\// }, { status: 500, body: { detail: 'internals of Sentry' } })
    const answer = await browser.graphql('{ viewer { user { name } organizations { nodes { slug } } } }')
    const { data, errors, extensions } = answer.json()
    expect(data.viewer).toEqual({ user: { name: 'Mira Lindqvist' }, organizations: null })
    expect(errors).toEqual([
      {
        message: expect.any(String),
        path: ['viewer', 'organizations'],
        locations: expect.any(Array),
        extensions: {
          code: 'UPSTREAM_UNAVAILABLE',
          correlationId: expect.any(String),
          upstream: { status: 500, endpoint: '/api/0/organizations/' },
        },
      },
    ])
    expect(extensions.cost.upstreamCalls).toBeGreaterThan(0)
    expect(answer.body).not.toContain('internals of Sentry')
    const { correlationId } = errors[0].extensions
    expect(gateway.log()).toContainEqual(expect.objectContaining({ event: 'graphql.error', correlationId }))
  })

  test('stops asking Sentry when the caller has gone', async () => {
    const url = await gateway.app.listen({ host: '127.0.0.1', port: 0 })
    gateway.sandbox.fault({ path: '/api/0/organizations/' }, { delayMs: 200 })
    const caller = new AbortController()
    const asked = fetch(`${url}/graphql`, {
      method: 'POST',
      signal: caller.signal,
      headers: { ...browser.cookieHeader(), ...meant, 'content-type': 'application/json' },
      body: '{"query":"{ viewer { organizations { nodes { projects { nodes { slug } } } } } }"}',
    })
    await expect.poll(() => gateway.sandbox.requests.length).toBe(1)
    caller.abort()
    await expect(asked).rejects.toThrow('abort')
    await expect.poll(() => gateway.log().map(({ event }) => event)).toContain('request.abandoned')
    await expect.poll(() => gateway.sandbox.requests[0]?.status).toBe(200)
    expect((await browser.graphql('{ viewer { user { name } } }')).json().data).toEqual(answered)
    expect(gateway.sandbox.requests).toHaveLength(1)
    expect(gateway.log().filter(({ level }) => level === 'error')).toEqual([])
  })

  test('is no explorer: a browser that opens it gets no page', async () => {
    const answer = await browser.get('/graphql', { accept: 'text/html', ...meant })
    expect(answer.body).not.toMatch(/<html|<script/i)
  })

  test.each(['/graphql/', '/graphql/anything', '/graphqlx/../graphql/x'])('%s is nothing', async (url) => {
    const answer = await gateway.app.inject({ url })
    expect([answer.statusCode, answer.json().error]).toEqual([404, 'not_found'])
  })
})

test('with the store away the endpoint says so, and nobody is signed out by it', async () => {
  let isAway = false
  const gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      openSession: (secret) =>
        isAway ? Promise.reject(new StoreUnavailableError({ cause: new Error('gone') })) : store.openSession(secret),
    },
  }))
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  isAway = true
  const answer = await browser.graphql('{ viewer { user { name } } }')
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.json().errors[0].extensions.code).toBe('INTERNAL')
  expect(answer.cookies).toEqual([])
  isAway = false
  expect((await browser.graphql('{ viewer { user { name } } }')).json().data.viewer.user.name).toBe('Mira Lindqvist')
  await gateway.close()
})
