import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { createTextTest, parseIssueQuery } from './issue-query.ts'

const plain = { isNegated: false, operator: '=' }

test.each([
  ['', [], ''],
  ['is:unresolved', [{ ...plain, key: 'is', values: ['unresolved'] }], ''],
  ['!is:resolved', [{ key: 'is', isNegated: true, operator: '=', values: ['resolved'] }], ''],
  ['level:[error, fatal] boom', [{ ...plain, key: 'level', values: ['error', 'fatal'] }], 'boom'],
  ['title:"a b" "c d"', [{ ...plain, key: 'title', values: ['a b'] }], 'c d'],
  ['title:["a, b",c]', [{ ...plain, key: 'title', values: ['a, b', 'c'] }], ''],
  ['times_seen:>=10', [{ key: 'times_seen', isNegated: false, operator: '>=', values: ['10'] }], ''],
  ['firstSeen:-24h', [{ ...plain, key: 'firstSeen', values: ['-24h'] }], ''],
  ['tags[fruit.kind]:pear', [{ ...plain, key: 'tags[fruit.kind]', values: ['pear'] }], ''],
  ['  two   words ', [], 'two words'],
  ['url:https://a.example/x?y=1', [{ ...plain, key: 'url', values: ['https://a.example/x?y=1'] }], ''],
])('%j is read', (text, filters, rest) => {
  expect(parseIssueQuery(text)).toEqual({ filters, text: rest })
})

test.each([
  'level:',
  '!has:',
  '"open',
  'title:"open',
  'a OR b',
  'is:unresolved AND level:error',
  '( a )',
  'level:[a,',
  'level:[]',
  'x:>',
])('%j is refused', (text) => {
  expect(() => parseIssueQuery(text)).toThrow(ApiError)
})

test.each([
  ['Type*', 'TypeError', true],
  ['*error', 'TypeError', true],
  ['a.c', 'abc', false],
  ['ABC', 'abc', true],
  ['*', '', true],
])('%s against %s', (pattern, text, fits) => {
  expect(createTextTest([pattern])(text)).toBe(fits)
})
