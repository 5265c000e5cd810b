import { expect, test } from 'vitest'
import { createAnswerCache } from './answer-cache.ts'

const megabyte = 1024 * 1024

function createCache() {
  const clock = { time: 0 }
  const sizes: number[] = []
  return {
    clock,
    sizes,
    cache: createAnswerCache(
      (difference) => sizes.push(difference),
      () => clock.time,
    ),
  }
}

const response = (body: unknown = {}) => ({ body, header: () => null })

test('gives an answer again until its time is over', () => {
  const { cache, clock } = createCache()
  const answer = response()
  cache.set('a', answer, { size: 10, lifetime: 1000 })
  clock.time = 999
  expect(cache.get('a')).toBe(answer)
  clock.time = 1000
  expect(cache.get('a')).toBeNull()
  expect(cache.size).toBe(0)
})

test('drops what was not used for longest when the bytes are used up', () => {
  const { cache } = createCache()
  for (const key of ['a', 'b', 'c', 'd']) cache.set(key, response(), { size: megabyte, lifetime: 1000 })
  cache.get('a')
  cache.set('e', response(), { size: megabyte, lifetime: 1000 })
  expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key) !== null)).toEqual(['a', 'c', 'd', 'e'])
  expect(cache.size).toBe(4 * megabyte)
})

test('drops what was not used for longest when the entries are', () => {
  const { cache } = createCache()
  for (let key = 0; key < 600; key += 1) cache.set(String(key), response(), { size: 1, lifetime: 1000 })
  expect(cache.size).toBe(500)
  expect(cache.get('99')).toBeNull()
  expect(cache.get('100')).not.toBeNull()
})

test('takes nothing that is larger than the whole', () => {
  const { cache } = createCache()
  cache.set('small', response(), { size: 1, lifetime: 1000 })
  cache.set('huge', response(), { size: 5 * megabyte, lifetime: 1000 })
  expect(cache.get('huge')).toBeNull()
  expect(cache.get('small')).not.toBeNull()
})

test('a newer answer takes the place of the older, with its size', () => {
  const { cache, sizes } = createCache()
  const newer = response()
  cache.set('a', response(), { size: 10, lifetime: 1000 })
  cache.set('a', newer, { size: 4, lifetime: 1000 })
  expect(cache.get('a')).toBe(newer)
  expect(cache.size).toBe(4)
  expect(sizes.reduce((sum, difference) => sum + difference, 0)).toBe(4)
})
