import { schema } from '@sentry-graph/schema'
import { execute, getIntrospectionQuery, GraphQLError, parse, validate } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { documentLimits, findExcess } from './document-limits.ts'

let gateway: TestGateway
let browser: Browser

beforeAll(async () => {
  gateway = await startGateway()
  browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
})

beforeEach(() => gateway.sandbox.clearRequests())

afterAll(() => gateway.close())

async function expectRefusal(query: string, code: string) {
  const answer = await browser.graphql(query)
  const { data, errors } = answer.json()
  expect(data).toBeUndefined()
  expect(errors).toHaveLength(1)
  expect(errors[0]).toEqual({
    message: expect.any(String),
    extensions: { code, correlationId: expect.any(String) },
  })
  expect(gateway.sandbox.requests).toEqual([])
}

async function expectAnswer(query: string) {
  const answer = await browser.graphql(query)
  expect(answer.json().errors).toBeUndefined()
  expect(answer.json().data).not.toBeNull()
}

const complaintsOf = (query: string) => validate(schema, parse(query))
const isAcceptedByGraphql = (query: string) => complaintsOf(query).length === 0
const times = (count: number, write: (index: number) => string) => Array.from({ length: count }, (_, i) => write(i))

/** organization → project → organization → …: as many fields beneath each other as asked for, the last one `id`. */
const nested = (depth: number) => {
  let text = 'id'
  for (let level = depth - 1; level > 1; level--)
    text = level % 2 === 0 ? `project(slug: "web") { ${text} }` : `organization { ${text} }`
  return `organization(slug: "acme") { ${text} }`
}

const aliased = (count: number) => `{ ${times(count, (i) => `a${i}: __typename`).join(' ')} }`

const spread = (count: number) =>
  `{ ${times(count, (i) => `v${i}: viewer { ...F }`).join(' ')} } fragment F on Viewer { a: id b: id }`

const withVariables = (count: number) => `query (${times(count, (i) => `$v${i}: ID`).join(' ')}) { __typename }`

const doubling = (levels: number) =>
  `{ viewer { ...F0 } } ${times(levels, (i) => `fragment F${i} on Viewer { user { id } ...F${i + 1} ... { ...F${i + 1} } }`).join(' ')} fragment F${levels} on Viewer { id }`

const repeatedId = (count: number) => `{ viewer { ${'id '.repeat(count)} } }`

const withinTypes = (depth: number) =>
  `{ __type(name: "Viewer") { ${'ofType { '.repeat(depth)} name ${'} '.repeat(depth)} } }`

describe('depth', () => {
  test('is no concern of GraphQL itself', () => {
    expect(isAcceptedByGraphql(`{ ${nested(100)} }`)).toBe(true)
  })

  test('ends at twelve', async () => {
    expect(findExcess(parse(`{ ${nested(12)} }`), documentLimits)).toBeNull()
    await expectRefusal(`{ ${nested(13)} }`, 'QUERY_TOO_DEEP')
    await expectRefusal(`{ ${nested(60)} }`, 'QUERY_TOO_DEEP')
  })

  test('is not hidden by fragments', async () => {
    const steps = times(7, (i) => `fragment F${i} on Query { ...F${i + 1} }`)
    await expectRefusal(`{ ...F0 } ${steps.join(' ')} fragment F7 on Query { ${nested(13)} }`, 'QUERY_TOO_DEEP')
    const chain = times(3, (i) => `fragment G${i} on Project { organization { project(slug: "w") { ...G${i + 1} } } }`)
    const query = `{ organization(slug: "acme") { project(slug: "web") { ...G0 } } } ${chain.join(' ')} fragment G3 on Project { organization { project(slug: "w") { teams { id name } } } id }`
    expect(findExcess(parse(query), documentLimits)).toBeNull()
    const deeper = query.replace('teams { id name }', 'organization { project(slug: "w") { teams { id } } }')
    expect(isAcceptedByGraphql(deeper)).toBe(true)
    await expectRefusal(deeper, 'QUERY_TOO_DEEP')
  })

  test('of a fragment in a cycle is GraphQL’s to refuse', async () => {
    const query = '{ viewer { ...A } } fragment A on Viewer { user { id } ...B } fragment B on Viewer { ...A }'
    const { data, errors } = (await browser.graphql(query)).json()
    expect(data).toBeUndefined()
    for (const { extensions } of errors) expect(extensions.code).toBe('BAD_USER_INPUT')
  })
})

describe('aliases', () => {
  test('make GraphQL answer one field as often as somebody likes', async () => {
    const { data } = await execute({ schema, document: parse(aliased(400)) })
    expect(Object.keys(data ?? {})).toHaveLength(400)
  })

  test('end at thirty, __typename included', async () => {
    await expectAnswer(aliased(30))
    await expectRefusal(aliased(31), 'QUERY_TOO_LARGE')
  })

  test('count as often as their fragment is spread', async () => {
    expect(isAcceptedByGraphql(spread(11))).toBe(true)
    await expectAnswer(spread(10))
    await expectRefusal(spread(11), 'QUERY_TOO_LARGE')
  })
})

describe('tokens', () => {
  test('without a limit fill the parser’s stack', () => {
    expect(() => parse('{a'.repeat(100_000))).toThrow(RangeError)
  })

  test('end at a thousand', async () => {
    // Each variable is four tokens, and everything else six.
    const answer = (await browser.graphql(withVariables(248))).json()
    expect(answer.errors[0].extensions.code).toBe('BAD_USER_INPUT')
    await expectRefusal(withVariables(249), 'QUERY_TOO_LARGE')
    await expectRefusal('{a'.repeat(40_000), 'QUERY_TOO_LARGE')
  })

  test('do not hide a document that is no GraphQL', async () => {
    for (const text of ['{ viewer { ', '{ "', '{ \u0000 }', `{ ${'a '.repeat(10)} ~`]) {
      const { errors } = (await browser.graphql(text)).json()
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  test('say nothing of comments and long strings, so the text has a limit of its own', async () => {
    const comments = `{ __typename } ${'#\n'.repeat(100_000)}`
    expect(parse(comments).tokenCount).toBeLessThan(10)
    await expectRefusal(comments, 'QUERY_TOO_LARGE')
    await expectRefusal(`{ organization(slug: "${'x'.repeat(100_000)}") { id } }`, 'QUERY_TOO_LARGE')
  })
})

describe('directives', () => {
  const unknown = `{ __typename ${times(400, (i) => `@d${i}`).join(' ')} }`
  const repeated = `{ __typename ${'@skip(if: false) '.repeat(150)} }`

  test('make GraphQL complain about each of them, a hundred times', () => {
    for (const query of [unknown, repeated]) expect(complaintsOf(query).length).toBeGreaterThanOrEqual(100)
  })

  test('end at fifty, in one complaint', async () => {
    for (const query of [unknown, repeated]) await expectRefusal(query, 'QUERY_TOO_LARGE')
    await expectAnswer(`{ ${times(30, (i) => `a${i}: __typename @include(if: true)`).join(' ')} }`)
  })
})

describe('fragments', () => {
  test('that double at each level are fine with GraphQL', () => {
    expect(isAcceptedByGraphql(doubling(30))).toBe(true)
  })

  test('end at two thousand selections, written out', async () => {
    await expectAnswer(doubling(6))
    await expectRefusal(doubling(30), 'QUERY_TOO_LARGE')
  })

  test('are refused before any rule of GraphQL sees them', () => {
    const refusal = findExcess(parse(doubling(30)), documentLimits)
    expect(refusal).toBeInstanceOf(GraphQLError)
    expect(refusal?.extensions).toEqual({ code: 'QUERY_TOO_LARGE' })
  })
})

describe('repeated fields', () => {
  test('are fine with GraphQL, which compares each with each', () => {
    expect(isAcceptedByGraphql(repeatedId(400))).toBe(true)
  })

  test('end at five thousand comparisons', async () => {
    await expectAnswer(repeatedId(100))
    await expectRefusal(repeatedId(101), 'QUERY_TOO_LARGE')
    await expectRefusal(repeatedId(900), 'QUERY_TOO_LARGE')
    await expectRefusal(
      `{ ${times(60, () => 'viewer { id user { id name } }').join(' ')} ${'viewer { user { id } } '.repeat(40)} }`,
      'QUERY_TOO_LARGE',
    )
  })
})

describe('introspection', () => {
  const everything = {
    schemaDescription: true,
    inputValueDeprecation: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    oneOf: true,
  }

  test.each([
    ['code generators', getIntrospectionQuery()],
    ['the explorer', getIntrospectionQuery(everything)],
    ['those who want it without descriptions', getIntrospectionQuery({ descriptions: false })],
  ])('as %s ask for it is answered', async (_, query) => {
    expect((await browser.graphql(query)).json()).toMatchObject({ data: { __schema: { types: expect.any(Array) } } })
  })

  test('is bounded all the same', async () => {
    expect(isAcceptedByGraphql(withinTypes(200))).toBe(true)
    await expectAnswer(withinTypes(18))
    await expectRefusal(withinTypes(19), 'QUERY_TOO_DEEP')
    expect(documentLimits.introspectionDepth).toBe(20)
  })
})
