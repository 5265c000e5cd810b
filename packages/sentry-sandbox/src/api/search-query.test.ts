import { expect, test } from 'vitest'
import { readSearchQuery } from './search-query.ts'

const read = (query: string) => {
  const { terms, text } = readSearchQuery(new URLSearchParams({ query }))
  return { terms: Object.fromEntries(terms), text }
}

test('terms are gathered by key, and the rest is text', () => {
  expect(read('id:1 shop id:2 !team:sre web')).toEqual({
    terms: { id: ['1', '2'], '!team': ['sre'] },
    text: 'shop web',
  })
})

test('quotes keep spaces and colons together', () => {
  expect(read('slug:"a b" "plain: text"')).toEqual({ terms: { slug: ['a b'] }, text: 'plain: text' })
})

test.each(['', ' ', '"', ':', '""', ':value', '"unfinished', 'key:'])('%j is no reason to fail', (query) => {
  expect(() => read(query)).not.toThrow()
})
