import { expect, test } from 'vitest'
import { readRequestTarget } from './request-target.ts'

const publicUrl = 'https://graph.example.com'

test.each([
  ['/graphql?query=x', '/graphql?query=x'],
  ['/', '/'],
  ['//evil.example/graphql', '//evil.example/graphql'],
  ['https://graph.example.com/graphql?query=x', '/graphql?query=x'],
  ['https://graph.example.com//evil.example', '//evil.example'],
])('%s is %s', (url, target) => {
  expect(readRequestTarget({ url, rawHeaders: ['Host', 'host'] }, publicUrl)).toBe(target)
})

test.each([
  '',
  '*',
  'graphql',
  '?query=x',
  'http://graph.example.com/graphql',
  'https://graph.example.com',
  'https://graph.example.com:444/graphql',
  'https://graph.example.com.evil.example/graphql',
  'https://user@graph.example.com/graphql',
  'https://evil.example/graphql',
  'HTTPS://GRAPH.EXAMPLE.COM/graphql',
  'javascript:alert(1)',
  'graph.example.com:443',
])('%s was meant for nobody here', (url) => {
  expect(readRequestTarget({ url, rawHeaders: ['Host', 'host'] }, publicUrl)).toBe('/%')
})

test('two hosts are none', () => {
  expect(readRequestTarget({ url: '/', rawHeaders: ['Host', 'a', 'X', 'host', 'HOST', 'a'] }, publicUrl)).toBe('/%')
})
