// @vitest-environment node
import { CombinedError } from '@urql/core'
import { expect, it } from 'vitest'
import { findFailure } from './failure.ts'

function answered(...errors: { path?: (string | number)[]; extensions?: Record<string, unknown> }[]): CombinedError {
  return new CombinedError({ graphQLErrors: errors.map((error) => ({ message: 'not for people', ...error })) })
}

it('finds the failure of one field among several', () => {
  const error = answered(
    { path: ['organization', 'teams'], extensions: { code: 'RATE_LIMITED', retryAfter: 12 } },
    { path: ['organization', 'members'], extensions: { code: 'FORBIDDEN', requiredScope: 'member:read' } },
  )
  expect(findFailure(error, ['organization', 'members'])).toMatchObject({
    code: 'FORBIDDEN',
    requiredScope: 'member:read',
  })
  expect(findFailure(error, ['organization', 'teams'])).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 12 })
  expect(findFailure(error, ['organization', 'projects'])).toBeNull()
})

it('counts an error above the field and below it', () => {
  const above = answered({ path: ['organization'], extensions: { code: 'NOT_FOUND' } })
  const below = answered({ path: ['organization', 'teams', 'nodes', 3, 'name'], extensions: { code: 'INTERNAL' } })
  expect(findFailure(above, ['organization', 'teams'])?.code).toBe('NOT_FOUND')
  expect(findFailure(below, ['organization', 'teams'])?.code).toBe('INTERNAL')
})

it('tells no answer from a bad answer', () => {
  expect(findFailure(new CombinedError({ networkError: new TypeError('refused') }))?.code).toBe('UNREACHABLE')
})

it.each([undefined, 42, 'SOMETHING_NEW', 'toString'])('calls the code %s unknown', (code) => {
  expect(findFailure(answered({ extensions: { code } }))?.code).toBe('UNKNOWN')
})
