import { expect, test } from 'vitest'
import { expandScopes, isKnownScope } from './scopes.ts'

test('a scope brings what it implies, without repetition and sorted', () => {
  expect(expandScopes(['project:admin', 'event:write', 'event:read'])).toEqual([
    'event:read',
    'event:write',
    'project:admin',
    'project:read',
    'project:write',
  ])
})

test('administering an organization includes its integrations', () => {
  expect(expandScopes(['org:admin'])).toContain('org:integrations')
})

test.each(['', 'org', 'org:billing', 'constructor', '__proto__', 'ORG:READ'])('%j is no scope', (scope) => {
  expect(isKnownScope(scope)).toBe(false)
})
