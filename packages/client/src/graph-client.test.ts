import { expect, test } from 'vitest'
import { createGraphClient, type TypedDocument } from './graph-client.ts'

/** A fetch that answers with this, and remembers what it was asked. */
function answering(status: number, body: unknown) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    asked.push({ url: new Request(url).url, init })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  }
  return { asked, fetch }
}

const gateway = 'https://graph.example.com'

test('a request carries the session, the proof that it was meant, and its variables', async () => {
  const { asked, fetch } = answering(200, { data: { viewer: null }, extensions: { cost: { upstreamCalls: 0 } } })
  const document: TypedDocument<{ viewer: null }, { first: number }> = { toString: () => 'query Q { viewer { id } }' }
  const result = await createGraphClient({ gateway, session: 'value', fetch }).request(document, { first: 1 })
  expect(result).toEqual({ data: { viewer: null }, errors: [], extensions: { cost: { upstreamCalls: 0 } } })
  expect(asked[0]?.url).toBe('https://graph.example.com/graphql')
  expect(asked[0]?.init).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: 'Bearer value', 'graphql-require-preflight': '1' },
    body: JSON.stringify({ query: 'query Q { viewer { id } }', variables: { first: 1 } }),
  })
})

test('errors of the graph come with what could be answered', async () => {
  const errors = [
    { message: 'Sentry is not available.', path: ['viewer'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]
  const { fetch } = answering(200, { data: { viewer: null }, errors })
  expect(await createGraphClient({ gateway, fetch }).request('{ viewer { id } }')).toMatchObject({ errors })
})

test.each([
  ['a page', '<html>'],
  ['a list', []],
  ['an object of another kind', { hello: 'world' }],
])('%s is no answer of a gateway', async (_, body) => {
  const { fetch } = answering(200, body)
  await expect(createGraphClient({ gateway, fetch }).request('{ viewer { id } }')).rejects.toMatchObject({
    name: 'GatewayError',
    code: 'unexpected',
  })
})

const failing = () => Promise.reject(new TypeError('fetch failed'))

test('a connection that breaks is an error of its own', async () => {
  await expect(createGraphClient({ gateway, fetch: failing }).request('{ viewer { id } }')).rejects.toMatchObject({
    code: 'unreachable',
    status: null,
  })
})
