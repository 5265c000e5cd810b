import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const list = ['Organization.projects', '4507', 'web']
const position = { upstream: '0:100:0', index: 3, perPage: 25 }
const cursor = encodeCursor(position, list)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('comes back as it went', () => {
  const positions = fc.record({
    upstream: fc.option(fc.string()),
    index: fc.integer({ min: 0, max: 10_000 }),
    perPage: fc.integer({ min: 1, max: 100 }),
  })
  fc.assert(
    fc.property(positions, (any) => {
      expect(decodeCursor(encodeCursor(any, list), list)).toEqual(any)
    }),
    { examples: [[position]] },
  )
})

test.each([
  ['of another field', ['Organization.teams', '4507', 'web']],
  ['of another organization', ['Organization.projects', '4508', 'web']],
  ['of other arguments', ['Organization.projects', '4507', null]],
])('%s it is refused', (_, other) => {
  expect(() => decodeCursor(cursor, other)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
})

test.each([
  ['nothing', ''],
  ['noise', '!!!'],
  ['Sentry’s own cursor', '0:100:0'],
  ['padding', `${cursor}=`],
  ['a trailing line break', `${cursor}\n`],
  ['no list', encode({ version: 1 })],
  ['another version', encode([2, '0:100:0', 3, 25, 'x'])],
  ['a number for Sentry’s cursor', encode([1, 7, 3, 25, 'x'])],
  ['a page of 1,000', encode([1, null, 0, 1000, 'x'])],
  ['a negative place', encode([1, null, -1, 25, 'x'])],
  ['half a place', encode([1, null, 0.5, 25, 'x'])],
  ['a wrong hash', encode([1, '0:100:0', 3, 25, 'xxxxxxxxxx'])],
  ['an endless text', 'A'.repeat(1_000_000)],
])('%s is refused', (_, text) => {
  expect(() => decodeCursor(text, list)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
})

test('any text is a cursor or is refused; it never fails in another way', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(() => decodeCursor(text, list)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
    }),
  )
})
