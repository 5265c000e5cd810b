import { schema } from '@sentry-graph/schema'
import { OverlappingFieldsCanBeMergedRule, parse, validate, visit } from 'graphql'
import { describe, expect, test } from 'vitest'
import { countOverlappingPairs } from './overlapping-fields.ts'

const pairsOf = (text: string) => countOverlappingPairs(parse(text))

const repeated = (times: number) => `{ viewer { ${'id '.repeat(times)} } }`

describe('a field that is repeated', () => {
  test('is compared with each repetition: four hundred are fine, and nine hundred too many for GraphQL itself', () => {
    expect(validate(schema, parse(repeated(400)))).toEqual([])
    const [gaveUp, ...others] = validate(schema, parse(repeated(900)), [OverlappingFieldsCanBeMergedRule])
    expect([gaveUp?.message, others]).toEqual(['Validation aborted.', []])
  })

  test('is counted without being compared', () => {
    const document = parse(repeated(900))
    let readings = 0
    visit(document, {
      Field(field) {
        const { name } = field
        Object.defineProperty(field, 'name', { get: () => ((readings += 1), name) })
      },
    })
    expect(countOverlappingPairs(document)).toBe((900 * 899) / 2)
    expect(readings).toBeLessThanOrEqual(2 * 901)
  })
})

describe('pairs', () => {
  test.each([
    ['{ viewer { id } gateway { version } }', 0],
    ['{ viewer { id } viewer { id } }', 2],
    ['{ a: viewer { id } b: viewer { id } }', 0],
    ['{ viewer { id ... on Node { id } ...F } } fragment F on Viewer { id }', 3],
    ['{ viewer { ...F ...F } } fragment F on Viewer { id }', 0],
    ['{ ...A ...B } fragment A on Query { viewer { id } } fragment B on Query { viewer { id } }', 2],
    ['{ viewer { id ...Nothing } }', 0],
  ])('of %s are %i', (text, pairs) => {
    expect(pairsOf(text)).toBe(pairs)
  })
})
