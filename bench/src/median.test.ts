import { expect, test } from 'vitest'
import { median, percentile } from './median.ts'

test('the median is the middle, or between the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([])).toBeNaN()
})

test('a percentile is a value that was seen', () => {
  const ascending = Float64Array.from({ length: 200 }, (_, index) => index + 1)
  expect([percentile(ascending, 0.5), percentile(ascending, 0.99), percentile(ascending, 1)]).toEqual([100, 198, 200])
  expect(percentile([], 0.5)).toBeNaN()
})
