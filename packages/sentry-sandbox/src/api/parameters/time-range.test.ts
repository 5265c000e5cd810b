import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { parsePeriod } from './period.ts'
import { readTimeRange } from './time-range.ts'

const now = new Date('2026-10-01T12:00:00.500Z')
const read = (text: string) => readTimeRange(new URLSearchParams(text), now)

const readRefusal = (text: string): unknown => {
  try {
    return read(text)
  } catch (error) {
    return error instanceof ApiError ? [error.answer.status, error.answer.body] : error
  }
}

test.each([
  ['30', 30],
  ['30s', 30],
  ['5m', 300],
  ['24h', 86_400],
  ['14d', 1_209_600],
  ['2w', 1_209_600],
])('the period %s lasts %d seconds', (text, seconds) => {
  expect(parsePeriod(text)).toBe(seconds)
})

test('a range ends now, and reaches back 90 days when nothing is asked', () => {
  expect(read('')).toEqual({ start: Date.parse('2026-07-03T12:00:00.500Z'), end: now.getTime() })
  expect(read('statsPeriod=')).toEqual(read('statsPeriod=90d'))
})

test('a period wins over dates', () => {
  expect(read('statsPeriod=1h&start=2026-01-01&end=2026-02-01')).toEqual(read('statsPeriod=1h'))
})

test.each(['2026-09-01', '2026-09-01T00:00', '2026-09-01T00:00:00.000000Z', '2026-09-01T00:00:00+00:00', '1788220800'])(
  'dates are UTC: %s',
  (start) => {
    const parameters = new URLSearchParams({ start, end: '2026-09-02T00:00:00Z' })
    expect(readTimeRange(parameters, now).start).toBe(Date.parse('2026-09-01T00:00:00Z'))
  },
)

test.each([
  ['statsPeriod=null', "Invalid statsPeriod: 'null'"],
  ['statsPeriod=14y', "Invalid statsPeriod: '14y'"],
  ['statsPeriod=-1d', "Invalid statsPeriod: '-1d'"],
  ['statsPeriod=999999999w', "Invalid statsPeriod: '999999999w'"],
  ['start=2026-09-01', 'start and end are both required'],
  ['end=2026-09-01', 'start and end are both required'],
  ['start=2026-09-02&end=2026-09-01', 'start must be before end'],
  ['start=yesterday&end=2026-09-01', 'yesterday is not a valid ISO8601 date query'],
  ['start=2026-09-01T00:00:00%2B02:00&end=2026-09-02', '2026-09-01T00:00:00+02:00 is not a valid ISO8601 date query'],
  ['start=2026-13-41&end=2026-09-02', '2026-13-41 is not a valid ISO8601 date query'],
])('%s is refused', (text, reason) => {
  expect(readRefusal(text)).toEqual([400, { detail: `Invalid date range: ${reason}` }])
})
