import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { readResolution } from './resolution.ts'

const now = new Date('2026-10-01T12:34:56Z')
const read = (text: string) => readResolution(new URLSearchParams(text), now)

const readRefusal = (text: string): unknown => {
  try {
    return read(text)
  } catch (error) {
    return error instanceof ApiError ? error.answer.body : error
  }
}

test('a range grows to whole intervals', () => {
  expect(read('statsPeriod=24h')).toEqual({
    range: { start: Date.parse('2026-09-30T12:00:00Z'), end: Date.parse('2026-10-01T13:00:00Z') },
    interval: 3_600_000,
  })
  expect(read('statsPeriod=14d&interval=1d').range).toEqual({
    start: Date.parse('2026-09-17T00:00:00Z'),
    end: Date.parse('2026-10-02T00:00:00Z'),
  })
})

test('an interval that cannot be read is one hour', () => {
  expect(read('interval=often').interval).toBe(3_600_000)
})

test.each([
  ['interval=30m', 'The interval has to be a multiple of the minimum interval of one hour.'],
  ['interval=90m', 'The interval has to be a multiple of the minimum interval of one hour.'],
  ['interval=0', 'The interval has to be a multiple of the minimum interval of one hour.'],
  ['interval=2d', 'The interval has to be less than one day.'],
  ['interval=5h', 'The interval should divide one day without a remainder.'],
  [
    'statsPeriod=500d',
    'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
  ],
  ['statsPeriod=soon', "Invalid date range: Invalid statsPeriod: 'soon'"],
])('%s is refused', (text, detail) => {
  expect(readRefusal(text)).toEqual({ detail })
})
