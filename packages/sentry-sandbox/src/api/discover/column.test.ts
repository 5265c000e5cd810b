import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { parseColumn } from './column.ts'

test.each([
  ['title', { kind: 'field', name: 'title' }],
  ['issue.id', { kind: 'field', name: 'issue.id' }],
  ['tags[browser.name]', { kind: 'tag', key: 'browser.name' }],
  ['count()', { kind: 'function', name: 'count', arguments: [] }],
  ['count_unique(user)', { kind: 'function', name: 'count_unique', arguments: ['user'] }],
  ['percentile(span.duration, 0.95)', { kind: 'function', name: 'percentile', arguments: ['span.duration', '0.95'] }],
])('%s is read, and stays the key of its column', (text, column) => {
  expect(parseColumn(text)).toEqual({ ...column, text })
})

test.each(['two words', 'count(', 'count())', 'Count()', 'tags[]', 'tags[a b]', ''])('%s is refused', (text) => {
  expect(() => parseColumn(text)).toThrow(ApiError)
})
