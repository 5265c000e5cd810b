import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let browser: Browser

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
})

beforeEach(() => gateway.sandbox.clearRequests())

afterAll(() => gateway.close())

const meant = { 'graphql-require-preflight': '1' }
const query = '{ viewer { user { name } } }'
const json = { 'content-type': 'application/json' }

const post = (payload: string, headers: Record<string, string> = json) =>
  browser.send({ method: 'POST', url: '/graphql', headers: { ...meant, ...headers }, payload })

const get = (parameters: string, headers: Record<string, string> = {}) =>
  browser.get(`/graphql?${parameters}`, { ...meant, ...headers })

const labelled = (payload: string) => [payload.slice(0, 120), payload] as const

type Answer = Awaited<ReturnType<typeof post>>

function expectRefusal({ statusCode, body }: Answer) {
  const { data, errors } = JSON.parse(body)
  expect(statusCode).toBeGreaterThanOrEqual(400)
  expect(statusCode).toBeLessThan(500)
  expect(data ?? null).toBeNull()
  for (const { extensions } of errors)
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', correlationId: expect.any(String) })
  expect(gateway.sandbox.requests).toEqual([])
}

/** What a careless merge would have put on every object. */
const expectNoPollution = () => {
  for (const name of ['polluted', 'viewer', 'code', 'status', 'isAdmin']) expect({}).not.toHaveProperty(name)
}

describe('a body of the wrong shape', () => {
  const naive = (target: Record<string, unknown>, source: Record<string, unknown>) => {
    for (const key of Object.keys(source)) {
      if (typeof source[key] !== 'object' || source[key] === null) target[key] = source[key]
      else naive((target[key] ??= {}) as Record<string, unknown>, source[key] as Record<string, unknown>)
    }
  }

  test('would change every object of a program that merges it carelessly', () => {
    naive({}, JSON.parse('{"__proto__":{"polluted":true}}'))
    expect({}).toHaveProperty('polluted')
    Reflect.deleteProperty(Object.prototype, 'polluted')
  })

  const wrong = ['7', 'true', '"text"', '[]', '{}', '[{}]', '{"toString":null}', '{"__proto__":null}']

  test.each(
    [
      ...wrong.map((value) => `{"query":${value}}`),
      ...wrong.filter((value) => !value.startsWith('{')).map((value) => `{"query":"${query}","variables":${value}}`),
      ...wrong.filter((value) => !value.startsWith('{')).map((value) => `{"query":"${query}","extensions":${value}}`),
      ...wrong.map((value) => `{"query":"query A { viewer { id } }","operationName":${value}}`),
      '{"query":null}',
      '{"query":""}',
      '{"operationName":"A"}',
      `{"__proto__":{"query":"${query}"}}`,
      `{"constructor":{"prototype":{"query":"${query}"}}}`,
      `{"query":"${query}","__proto__":{"polluted":true}}`,
      `{"query":"${query}","constructor":{"prototype":{"polluted":true}}}`,
      `{"query":"${query}","id":"a"}`,
      `[{"query":"${query}"},{"query":"${query}"}]`,
      '{"0":{"query":"{ viewer { id } }"},"length":1}',
      `"${query}"`,
      `\uFEFF{"query":`,
      `{"query":"${query}",}`,
      `{'query':'x'}`,
      '['.repeat(200_000),
      '\u0000',
      '{"query":"\\ud800"}',
      '{"query":"query ($a: Int!) { __typename }","variables":{"a":1e999}}',
      '{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"__proto__":{"id":"x"}}}',
      '{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":{"__proto__":{"polluted":1}}}}',
      `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
    ].map(labelled),
  )('is refused: %s', async (_, payload) => {
    expectRefusal(await post(payload, { ...json, accept: 'application/graphql-response+json' }))
    expectNoPollution()
  })

  test.each(
    [
      `{"query":"${query}","variables":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
      `{"query":"${query}","extensions":{"__proto__":{"polluted":true},"code":"INTERNAL","http":{"status":500}}}`,
      `{"query":"${query}","variables":null,"extensions":null,"operationName":null}`,
      `{"query":"${query}","variables":{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    ].map(labelled),
  )('in places that nobody reads is harmless: %s', async (_, payload) => {
    const answer = await post(payload)
    expect([answer.statusCode, answer.json().data]).toEqual([200, { viewer: { user: { name: 'Mira Lindqvist' } } }])
    expectNoPollution()
  })
})

describe('an address of the wrong shape', () => {
  test.each([
    '',
    'query=',
    'query=%E0%A4%A',
    'query=%00',
    `query=${query}&variables=7`,
    `query=${query}&variables=[]`,
    `query=${query}&variables={`,
    `query=${query}&variables="x"`,
    `query=${query}&extensions=[]`,
    `query=${query}&extensions={`,
    `query=${query}&operationName=B`,
    'query[]=x',
    '__proto__[query]=x',
  ])('is refused: %s', async (parameters) => {
    const answer = await get(parameters.replaceAll(' ', '%20').replaceAll('"', '%22'), {
      accept: 'application/graphql-response+json',
    })
    expectRefusal(answer)
  })
})

describe('of media types', () => {
  test.each([
    'text/plain',
    'text/html',
    'application/xml',
    'application/graphql',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json5',
    'text/json',
    'x/application/json',
    'text/plain, application/json',
    'text/plain; application/json',
  ])('%s is none that is read', async (contentType) => {
    const answer = await post(`{"query":"${query}"}`, { 'content-type': contentType })
    expect(answer.statusCode).toBe(415)
    expectRefusal(answer)
  })

  test.each(['application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON'])(
    '%s is read',
    async (contentType) => {
      const answer = await post(`{"query":"${query}"}`, { 'content-type': contentType })
      expect(answer.json().data).toEqual({ viewer: { user: { name: 'Mira Lindqvist' } } })
    },
  )

  test.each(['text/html', 'image/png', 'application/xml', 'multipart/mixed', 'nonsense'])(
    '%s is none that is written, and nothing runs for it',
    async (accept) => {
      const answers = [
        await post(`{"query":"${query}"}`, { ...json, accept }),
        await get(new URLSearchParams({ query }).toString(), { accept }),
      ]
      for (const answer of answers) expect([accept, answer.statusCode]).toEqual([accept, 406])
    },
  )
})

describe('of methods', () => {
  test.each(['PUT', 'DELETE', 'HEAD'] as const)('%s is none', async (method) => {
    const answer = await browser.send({ method, url: '/graphql', headers: meant })
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, POST'])
  })

  test('GET runs no mutation', async () => {
    const answer = await get(new URLSearchParams({ query: 'mutation { __typename }' }).toString())
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST'])
    expectRefusal(answer)
  })
})
