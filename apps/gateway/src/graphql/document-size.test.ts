import { getIntrospectionQuery, parse, type DocumentNode, type SelectionSetNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { measureDocument } from './document-size.ts'

const sizeOf = (text: string) => measureDocument(parse(text))

/** Fragments of which each spreads the next one twice: the last field stands there 2 ** levels times. */
const fragmentBomb = (levels: number) =>
  `{ ...F0 } ${Array.from({ length: levels }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`).join(' ')} fragment F${levels} on Query { __typename }`

/** Counts how often the selections of a document are read. */
function watchReading(document: DocumentNode): () => number {
  let count = 0
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue
    const { selections } = definition.selectionSet
    const watched: SelectionSetNode = Object.create(definition.selectionSet, {
      selections: { get: () => ((count += 1), selections), enumerable: true },
    })
    Object.assign(definition, { selectionSet: watched })
  }
  return () => count
}

describe('depth', () => {
  test.each([
    ['{ viewer { user { name } } }', 3],
    ['{ ... { ... on Query { viewer { ... @include(if: true) { id } } } } }', 2],
    ['{ ...A } fragment A on Query { viewer { ...B } } fragment B on Viewer { user { name } }', 3],
    ['{ viewer { id } ...A } fragment A on Query { viewer { user { id } } }', 3],
    ['query A { gateway { version } } query B { viewer { user { name } } }', 3],
  ])('of %s is %i', (text, depth) => {
    expect(sizeOf(text).depth).toBe(depth)
  })

  test('beneath __schema and __type is a number of its own, wherever they hide', () => {
    expect(sizeOf(getIntrospectionQuery())).toMatchObject({ depth: 1, introspectionDepth: 15 })
    expect(sizeOf('{ viewer { id } ...T } fragment T on Query { a: __type(name: "A") { name } }')).toMatchObject({
      depth: 2,
      introspectionDepth: 2,
    })
  })
})

describe('aliases', () => {
  test.each([
    ['{ a: __typename b: viewer { c: id } }', 3],
    ['{ a: viewer { ...F } b: viewer { ...F } } fragment F on Viewer { c: id }', 4],
    ['query A { a: __typename } query B { b: __typename c: __typename }', 2],
  ])('of %s are %i', (text, aliases) => {
    expect(sizeOf(text).aliases).toBe(aliases)
  })
})

test('directives count in every place that takes them', () => {
  const text =
    'query ($a: Int @x) @x { viewer @x { ...F @x ... @x { id } } } fragment F on Viewer @x { user(a: 1) @x { id } }'
  expect(sizeOf(text).directives).toBe(7)
})

describe('fragments', () => {
  test('that double at each level are written out by nobody: each is read once, and once for its directives', () => {
    const document = parse(fragmentBomb(40))
    const readings = watchReading(document)
    expect(measureDocument(document).selections).toBeGreaterThan(2 ** 40)
    expect(readings()).toBe(2 * document.definitions.length)
  })

  test('that double without end are infinitely large, and measured all the same', () => {
    expect(sizeOf(fragmentBomb(1100)).selections).toBe(Infinity)
  })

  test.each([
    '{ ...A } fragment A on Query { viewer { ...B } } fragment B on Viewer { user { ...A } }',
    '{ ...A } fragment A on Query { ...A ...A ...A }',
    '{ ...A ...B ...C } fragment A on Query { ...B ...C } fragment B on Query { ...A ...C } fragment C on Query { ...A ...B }',
  ])('in a cycle end where they began: %s', (text) => {
    expect(sizeOf(text).isCyclic).toBe(true)
  })

  test('that are spread and not there count as what is written', () => {
    expect(sizeOf('{ ...Nothing }')).toMatchObject({ depth: 0, selections: 1, isCyclic: false })
  })
})
