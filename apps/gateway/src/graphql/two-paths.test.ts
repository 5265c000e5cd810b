import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

// Every request goes through the endpoint twice: as it is, and with a query in its address, which the direct path leaves
// to Yoga's own. Nobody may notice the difference.

const taken = vi.hoisted(() => ({ directly: 0 }))

vi.mock('./direct-path.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./direct-path.ts')>()
  const createDirectPath: typeof original.createDirectPath = (...made) => {
    const answerDirectly = original.createDirectPath(...made)
    return (...parameters) => {
      taken.directly += 1
      return answerDirectly(...parameters)
    }
  }
  return { ...original, createDirectPath }
})

let gateway: TestGateway
let browser: Browser

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  // From then on the number of organizations is known, and estimates stay the same.
  await browser.graphql('{ viewer { organizations { nodes { id } } } }')
})

beforeEach(() => {
  taken.directly = 0
})

afterAll(() => gateway.close())

async function send(url: string, payload: string, headers: Record<string, string>) {
  const answer = await browser.send({
    method: 'POST',
    url,
    payload,
    headers: {
      'content-type': 'application/json',
      'graphql-require-preflight': '1',
      // Both ask Sentry.
      'cache-control': 'no-cache',
      ...headers,
    },
  })
  const { date: _, 'content-length': __, 'transfer-encoding': ___, ...others } = answer.headers
  // Each request has an id of its own, and which of its calls took longest is not the same each time.
  const body = answer.body
    .replaceAll(/"correlationId":"[^"]*"/g, '"correlationId":""')
    .replaceAll(/"slowest":\{"endpoint":"[^"]*","durationMs":[^}]*\}/g, '"slowest":{}')
  return { status: answer.statusCode, headers: others, body }
}

async function expectSameAnswers(payload: string, headers: Record<string, string> = {}) {
  const first = await send('/graphql', payload, headers)
  const second = await send('/graphql?direct=no', payload, headers)
  expect(first).toEqual(second)
  return first
}

const plain: [string, object][] = [
  ['one field', { query: '{ viewer { id } }' }],
  [
    'calls to Sentry',
    { query: '{ viewer { organizations { nodes { id slug projects { nodes { id teams { slug } } } } } } }' },
  ],
  ['an operation by name', { query: 'query A { viewer { id } } query B { gateway { version } }', operationName: 'B' }],
  ['variables', { query: 'query ($s: String!) { organization(slug: $s) { id } }', variables: { s: 'lumen-freight' } }],
  ['members that are null', { query: '{ viewer { id } }', variables: null, operationName: null, extensions: null }],
  ['extensions', { query: '{ viewer { id } }', extensions: { persistedQuery: { version: 1 } } }],
  ['introspection', { query: '{ __schema { queryType { name } } __typename }' }],
  ['a field that fails', { query: '{ viewer { id } organization(slug: "no-such-one") { id } }' }],
  ['only a field that fails', { query: '{ organization(slug: "%") { id } }' }],
  [
    'fields that fail in a list',
    { query: 'query ($i: [ID!]!) { nodes(ids: $i) { id } }', variables: { i: ['x', 'y'] } },
  ],
  ['an unfinished document', { query: '{ viewer {' }],
  ['no GraphQL', { query: 'SELECT 1' }],
  ['an unknown field', { query: '{ viewer { token } }' }],
  ['several mistakes', { query: '{ a b { c } viewer }' }],
  ['an unknown operation', { query: 'query A { viewer { id } }', operationName: 'B' }],
  ['no operation', { query: 'fragment F on Query { viewer { id } }' }],
  ['several operations and no name', { query: 'query A { viewer { id } } query B { viewer { id } }' }],
  ['a variable that is missing', { query: 'query ($s: String!) { organization(slug: $s) { id } }' }],
  [
    'several variables of the wrong kind',
    {
      query: 'query ($s: String!, $f: Int) { organization(slug: $s) { projects(first: $f) { nodes { id } } } }',
      variables: { s: 1, f: 'x' },
    },
  ],
  ['a mutation where there is none', { query: 'mutation { nothing }' }],
  ['an argument out of bounds', { query: '{ viewer { organizations(first: 1000) { nodes { id } } } }' }],
  [
    'too many fields beneath each other',
    { query: `{ viewer ${'{ organizations { nodes '.repeat(8)}{ id }${' } }'.repeat(8)} }` },
  ],
  ['too many words', { query: `{ ${'viewer { id } '.repeat(500)} }` }],
  [
    'too many calls',
    { query: '{ viewer { organizations { nodes { projects(first: 100) { nodes { issues { nodes { id } } } } } } } }' },
  ],
]

const odd: [string, string][] = [
  ['a batch', '[{"query":"{ viewer { id } }"}]'],
  ['null', 'null'],
  ['a text', '"{ viewer { id } }"'],
  ['no query', '{}'],
  ['an empty query', '{"query":""}'],
  ['a query that is no text', '{"query":7}'],
  ['variables that are a list', '{"query":"{ viewer { id } }","variables":[]}'],
  ['variables that are a text', '{"query":"{ viewer { id } }","variables":"{}"}'],
  ['extensions that are a list', '{"query":"{ viewer { id } }","extensions":[]}'],
  ['an operation name that is a number', '{"query":"query A { viewer { id } }","operationName":7}'],
  ['a member too many', '{"query":"{ viewer { id } }","id":"x"}'],
  ['a member too many that is null', '{"query":"{ viewer { id } }","id":null}'],
  ['a prototype', '{"query":"{ viewer { id } }","__proto__":{"a":1}}'],
  ['no JSON', '{"query":'],
  ['a subscription', '{"query":"subscription { viewer { id } }"}'],
  ['@defer', '{"query":"{ viewer { id ... @defer { user { name } } } }"}'],
  ['@stream', '{"query":"{ viewer { organizations { nodes @stream { id } } } }"}'],
]

const accepts = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  'application/json;q=0.5, application/graphql-response+json',
  'text/html, */*;q=0.1',
]

test('an operation that a document does not have is no good either once the document is known to be valid', async () => {
  const query = 'query Known { viewer { id } } query Other { gateway { version } }'
  const ask = (operationName: string | null) => expectSameAnswers(JSON.stringify({ query, operationName }))
  expect(await ask('Known')).toMatchObject({ status: 200 })
  expect(JSON.parse((await ask('Unknown')).body)).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  })
  for (const none of [null, '']) {
    expect(JSON.parse((await ask(none)).body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  }
  expect(await ask('Other')).toMatchObject({ status: 200 })
})

test.each(plain)('the direct path answers as Yoga does: %s', async (_, operation) => {
  const { body } = await expectSameAnswers(JSON.stringify(operation))
  expect(JSON.parse(body)).toBeTypeOf('object')
  expect(taken.directly).toBe(1)
  for (const accept of accepts) await expectSameAnswers(JSON.stringify(operation), { accept })
  expect(taken.directly).toBe(1 + accepts.length)
})

test.each(odd)('everything else is left to Yoga: %s', async (_, payload) => {
  await expectSameAnswers(payload)
  for (const accept of accepts) await expectSameAnswers(payload, { accept })
  expect(taken.directly).toBe(0)
})

test.each(['multipart/mixed', 'application/json; charset=iso-8859-1', 'text/html'])(
  'so is an answer that is wanted as %s',
  async (accept) => {
    await expectSameAnswers('{"query":"{ viewer { id } }"}', { accept })
    expect(taken.directly).toBe(0)
  },
)

test('a document is answered the same the second time, when it is remembered', async () => {
  for (const query of ['{ viewer { user { name } } }', '{ viewer { nothing } }', '{ viewer {']) {
    const payload = JSON.stringify({ query })
    const accept = { accept: 'application/graphql-response+json' }
    expect(await expectSameAnswers(payload, accept)).toEqual(await expectSameAnswers(payload, accept))
  }
})
