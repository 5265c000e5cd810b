import { SentryApiError, type SentryApiErrorCode } from '@sentry-graph/sentry-api'
import { GraphQLError, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { AuthenticationEndedError, GraphError } from './graph-error.ts'
import { presentError } from './present-error.ts'
import { schema } from './schema.ts'

const endpoint = '/api/0/organizations/{org}/'
const cause = new Error('https://sentry.io/api/0/organizations/secret-org/')

/** As graphql-js hands over what a resolver threw. */
function thrownAt(path: string[], originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { path, originalError })
}

describe('failures of Sentry', () => {
  const codes: Record<SentryApiErrorCode, string> = {
    unauthenticated: 'UNAUTHENTICATED',
    sso_required: 'FORBIDDEN',
    forbidden: 'FORBIDDEN',
    not_found: 'NOT_FOUND',
    bad_request: 'BAD_USER_INPUT',
    rate_limited: 'RATE_LIMITED',
    timeout: 'UPSTREAM_TIMEOUT',
    unavailable: 'UPSTREAM_UNAVAILABLE',
    gone: 'UPSTREAM_GONE',
    invalid_response: 'UPSTREAM_INVALID',
    budget_exceeded: 'BUDGET_EXCEEDED',
    invalid_path_segment: 'BAD_USER_INPUT',
    untrusted_origin: 'UPSTREAM_INVALID',
  }

  test.each(Object.entries(codes) as [SentryApiErrorCode, string][])('%s is %s', (code, expected) => {
    const error = thrownAt(
      ['organization'],
      new SentryApiError(code, 'secret detail', { endpoint, status: 418, cause }),
    )
    const presented = presentError(error, 'correlation-1').toJSON()
    expect(presented.path).toEqual(['organization'])
    expect(presented.extensions).toEqual({
      code: expected,
      correlationId: 'correlation-1',
      upstream: { status: 418, endpoint: '/api/0/organizations/{org}/' },
    })
    expect(JSON.stringify(presented)).not.toContain('secret')
  })

  test('name the endpoint as it is, also one outside the REST API', () => {
    const failure = new SentryApiError('unavailable', 'x', { endpoint: '/oauth/token/' })
    expect(presentError(failure, '').extensions).toMatchObject({
      upstream: { status: null, endpoint: '/oauth/token/' },
    })
  })

  test('carry what helps: seconds to wait, the scope that is missing, Sentry’s reason', () => {
    const failure = new SentryApiError('forbidden', 'x', {
      endpoint,
      status: 403,
      retryAfter: 7,
      requiredScope: 'member:read',
      reason: '2fa-required',
    })
    expect(presentError(failure, '').extensions).toMatchObject({
      retryAfter: 7,
      requiredScope: 'member:read',
      reason: '2fa-required',
    })
  })
})

test('an ended sign-in says which end', () => {
  const error = thrownAt(['viewer'], new AuthenticationEndedError('grant_ended', { cause }))
  expect(presentError(error, '').extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'grant_ended' })
})

test('the graph’s own refusals keep their message', () => {
  const presented = presentError(thrownAt(['node'], new GraphError('NOT_FOUND', 'Not here.', { cause })), '')
  expect(presented).toMatchObject({ message: 'Not here.', extensions: { code: 'NOT_FOUND' } })
})

describe('GraphQL’s own errors', () => {
  test('of validation keep their message and places as BAD_USER_INPUT', () => {
    const [error] = validate(schema, parse('{ viewer { nmae } }'))
    const presented = presentError(error, '')
    expect(presented).toMatchObject({ message: error?.message, extensions: { code: 'BAD_USER_INPUT' } })
    expect(presented.locations).toEqual(error?.locations)
  })

  test('of syntax keep theirs', () => {
    let error: unknown
    try {
      parse('{')
    } catch (syntaxError) {
      error = syntaxError
    }
    const presented = presentError(error, '')
    expect(presented.message).toMatch(/^Syntax Error/)
    expect(presented).toMatchObject({ locations: [{ line: 1, column: 2 }], extensions: { code: 'BAD_USER_INPUT' } })
  })

  test('with a code of the list keep it, and the status they ask for', () => {
    const error = new GraphQLError('Too deep.', {
      extensions: { code: 'QUERY_TOO_DEEP', http: { status: 400 }, inside: 'x' },
    })
    expect(presentError(error, 'c').extensions).toEqual({
      code: 'QUERY_TOO_DEEP',
      http: { status: 400 },
      correlationId: 'c',
    })
  })
})

test.each([
  ['an unknown error', cause],
  ['one thrown by a resolver', thrownAt(['viewer'], cause)],
  [
    'one of a scalar that quotes a value',
    thrownAt(['viewer', 'id'], new GraphQLError('Int cannot represent "secret"')),
  ],
  ['a GraphQL error during execution', new GraphQLError('secret', { path: ['viewer'] })],
  ['no error at all', 'secret'],
])('%s is INTERNAL and says nothing', (_, error) => {
  const presented = presentError(error, 'c')
  expect(presented.extensions).toEqual({ code: 'INTERNAL', correlationId: 'c' })
  expect(JSON.stringify(presented)).not.toContain('secret')
  expect(presented.originalError).toBeUndefined()
})
