import {
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  graphql,
} from 'graphql'
import { expect, test } from 'vitest'
import { type Selection, selectionOf } from './selection.ts'

const Named = new GraphQLInterfaceType({ name: 'Named', fields: { name: { type: GraphQLString } } })
const Chapter = new GraphQLObjectType({ name: 'Chapter', fields: { title: { type: GraphQLString } } })
const Book = new GraphQLObjectType({
  name: 'Book',
  interfaces: [Named],
  fields: {
    name: { type: GraphQLString },
    chapters: { type: new GraphQLList(Chapter) },
    pages: { type: GraphQLInt, args: { from: { type: GraphQLInt, defaultValue: 1 } } },
  },
})
const Shelf = new GraphQLObjectType({ name: 'Shelf', interfaces: [Named], fields: { name: { type: GraphQLString } } })
const BookEdge = new GraphQLObjectType({ name: 'BookEdge', fields: { node: { type: Book } } })
const BookConnection = new GraphQLObjectType({
  name: 'BookConnection',
  fields: { nodes: { type: new GraphQLList(Book) }, edges: { type: new GraphQLList(BookEdge) } },
})

/** What the resolver of a field saw. */
async function see(source: string, variableValues: Record<string, unknown> = {}): Promise<Selection> {
  const seen: Selection[] = []
  const look = (type: GraphQLObjectType | GraphQLInterfaceType) => ({
    type,
    resolve: (_: unknown, __: unknown, ___: unknown, info: Parameters<typeof selectionOf>[0]) => {
      seen.push(selectionOf(info, 'Book'))
      return null
    },
  })
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { books: look(BookConnection), book: look(Book), named: look(Named) },
  })
  const schema = new GraphQLSchema({ query, types: [Shelf] })
  const { errors } = await graphql({ schema, source, variableValues })
  expect(errors).toBeUndefined()
  const [selection] = seen
  if (!selection) throw new Error('Nothing was resolved.')
  return selection
}

test.each([
  ['nodes', '{ books { nodes { pages } } }'],
  ['edges', '{ books { edges { node { pages } } } }'],
  ['an alias', '{ books { all: nodes { count: pages } } }'],
  [
    'a fragment',
    '{ books { ...Rest } } fragment Rest on BookConnection { nodes { ...Pages } } fragment Pages on Book { pages }',
  ],
  ['the node itself', '{ book { pages } }'],
  ['an interface', '{ named { ... on Named { ... on Book { pages } } } }'],
])('sees a field through %s', async (_, source) => {
  const selection = await see(source)
  expect(selection.has('pages')).toBe(true)
  expect(selection.has('name')).toBe(false)
})

test('sees what an interface’s fragment asks of the type, and not what is asked of another type', async () => {
  expect((await see('{ named { ... on Named { name } } }')).has('name')).toBe(true)
  expect((await see('{ named { ... on Shelf { name } } }')).has('name')).toBe(false)
})

test('does not see what is skipped', async () => {
  const source = 'query ($on: Boolean!) { book { pages @include(if: $on) name @skip(if: $on) } }'
  const shown = await see(source, { on: true })
  expect([shown.has('pages'), shown.has('name')]).toEqual([true, false])
  const hidden = await see(source, { on: false })
  expect([hidden.has('pages'), hidden.has('name')]).toEqual([false, true])
})

test('tells the arguments of every mention, defaults and variables filled in', async () => {
  const selection = await see('query ($from: Int) { book { pages more: pages(from: $from) } }', { from: 7 })
  expect(selection.argumentsOf('pages')).toEqual([{ from: 1 }, { from: 7 }])
  expect(selection.argumentsOf('name')).toEqual([])
})

test('sees what is asked of the objects of a field, however often that is mentioned', async () => {
  const selection = await see(
    '{ book { chapters { ...Title } more: chapters { __typename } } } fragment Title on Chapter { title }',
  )
  expect(selection.beneath('chapters').has('title')).toBe(true)
  expect((await see('{ book { chapters { __typename } } }')).beneath('chapters').has('title')).toBe(false)
  expect((await see('{ book { name } }')).beneath('chapters').has('title')).toBe(false)
})
