import { expect, test } from 'vitest'
import { alignRange, countBuckets, createBuckets } from './interval.ts'

test('buckets begin at whole multiples of the interval and cover the range', () => {
  expect(createBuckets({ start: 1500, end: 3200 }, 1000)).toEqual({ starts: [1000, 2000, 3000], interval: 1000 })
  expect(createBuckets({ start: 1000, end: 3000 }, 1000).starts).toEqual([1000, 2000])
})

test('an empty range touches no bucket', () => {
  expect(countBuckets({ start: 2000, end: 2000 }, 1000)).toBe(0)
})

test('an aligned range has the same buckets', () => {
  const range = { start: 1500, end: 3200 }
  expect(alignRange(range, 1000)).toEqual({ start: 1000, end: 4000 })
  expect(createBuckets(alignRange(range, 1000), 1000)).toEqual(createBuckets(range, 1000))
})
