import { expect, test } from 'vitest'
import { createDocumentCache } from './document-cache.ts'

test('remembers what was set under a text', () => {
  const cache = createDocumentCache<number>()
  cache.set('{ a }', 1)
  expect([cache.get('{ a }'), cache.get('{ b }')]).toEqual([1, undefined])
})

test('forgets first what was not asked for longest', () => {
  const cache = createDocumentCache<number>()
  for (let index = 0; index < 100; index++) cache.set(`{ a${index} }`, index)
  cache.get('{ a0 }')
  cache.set('{ b }', 100)
  expect([cache.get('{ a0 }'), cache.get('{ a1 }'), cache.get('{ b }')]).toEqual([0, undefined, 100])
})

test('cannot be filled by a stranger: long texts are not kept, and of short ones a hundred', () => {
  const unbounded = new Map<string, number>()
  const cache = createDocumentCache<number>()
  const texts = Array.from({ length: 1000 }, (_, index) => `{ a${index} } #${'x'.repeat(index * 20)}`)
  for (const text of texts) for (const kept of [unbounded, cache]) kept.set(text, 1)
  expect(unbounded.size).toBe(1000)
  const remembered = texts.filter((text) => cache.get(text) !== undefined)
  expect(remembered.length).toBeLessThanOrEqual(100)
  expect(Math.max(...remembered.map(({ length }) => length))).toBeLessThanOrEqual(8000)
})
