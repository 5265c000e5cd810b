import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { beforeEach, describe, expect, test } from 'vitest'
import { useQueriesOnlyByGet } from './queries-by-get.ts'

let happened: string[] = []

const rootOf = (name: string) => {
  const resolve = () => happened.push(name) && name
  return new GraphQLObjectType({
    name,
    fields: {
      it: {
        type: GraphQLString,
        resolve,
        subscribe: async function* () {
          happened.push(name)
          yield name
        },
      },
    },
  })
}

/** The graph has no subscriptions, and mutations only where the operator asks for them. */
const schema = new GraphQLSchema({
  query: rootOf('Query'),
  mutation: rootOf('Mutation'),
  subscription: rootOf('Subscription'),
})

async function get(plugins: Plugin[], parameters: Record<string, string>) {
  const yoga = createYoga({ schema, plugins, logging: false, graphiql: false })
  return yoga.fetch(`http://graph.example/graphql?${new URLSearchParams(parameters)}`)
}

beforeEach(() => {
  happened = []
})

describe('GET', () => {
  test('alone begins a subscription', async () => {
    await (await get([], { query: 'subscription { it }' })).text()
    expect(happened).toContain('Subscription')
  })

  test.each([
    { query: 'mutation { it }' },
    { query: 'subscription { it }' },
    { query: 'query A { it } mutation B { it }', operationName: 'B' },
    { query: 'query A { it } subscription B { it }', operationName: 'B' },
    { query: 'fragment F on Mutation { it } mutation { ...F }' },
  ])('runs no $query', async (parameters) => {
    const answer = await get([useQueriesOnlyByGet()], parameters)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    const { data, errors } = await answer.json()
    expect([data, errors]).toEqual([undefined, [expect.objectContaining({ message: expect.any(String) })]])
    expect(happened).toEqual([])
  })

  test('runs queries, also from a document with other operations', async () => {
    const answer = await get([useQueriesOnlyByGet()], { query: 'query A { it } mutation B { it }', operationName: 'A' })
    expect(await answer.json()).toEqual({ data: { it: 'Query' } })
    expect(happened).toEqual(['Query'])
  })
})
