import { expect, test } from 'vitest'
import { appendParameters, matchRedirectUri } from './redirect-uri.ts'

const registered = ['http://localhost/callback', 'http://127.0.0.1:4000/fixed', 'https://app.example/done?from=sentry']

test.each([
  ['http://localhost/callback', 'http://localhost/callback'],
  ['http://localhost:3001/callback', 'http://localhost:3001/callback'],
  ['http://localhost:3001/x/../callback', 'http://localhost:3001/callback'],
  ['http://127.0.0.1:4000/fixed', 'http://127.0.0.1:4000/fixed'],
  ['https://app.example/done?from=sentry', 'https://app.example/done?from=sentry'],
])('%s is registered', (requested, target) => {
  expect(matchRedirectUri(requested, registered)).toBe(target)
})

test.each([
  'http://localhost:3001/callback/more',
  'http://localhost:3001/callback?x=1',
  'http://localhost:3001/callback#x',
  'https://localhost:3001/callback',
  'http://127.0.0.1:3001/callback',
  'http://localhost.evil.example/callback',
  'http://localhost:3001@evil.example/callback',
  'http://someone@localhost:3001/callback',
  'http://127.0.0.1:4001/fixed',
  'https://app.example:8443/done?from=sentry',
  'https://app.example/done',
  'https://app.example/done?from=sentry&more=1',
  'javascript:alert(1)',
  '//localhost/callback',
  '/callback',
  'not a uri',
  '',
])('%s is not', (requested) => {
  expect(matchRedirectUri(requested, registered)).toBeNull()
})

test('a line break in a redirect URI never reaches a header', () => {
  expect(matchRedirectUri('http://localhost:3001/call\r\nback', registered)).toBe('http://localhost:3001/callback')
})

test('parameters are added to a query that is already there', () => {
  const parameters = new URLSearchParams({ code: 'a&b' })
  expect(appendParameters('http://localhost/callback', parameters)).toBe('http://localhost/callback?code=a%26b')
  expect(appendParameters('https://app.example/?from=sentry', parameters)).toBe(
    'https://app.example/?from=sentry&code=a%26b',
  )
})
