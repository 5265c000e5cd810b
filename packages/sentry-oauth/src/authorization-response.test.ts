import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { AuthorizationResponseErrorCode } from './errors.ts'
import { createSentryOAuth } from './sentry-oauth.ts'

const state = 'expected-state-expected-state-expected-stat'
const code = '5b0f'.repeat(16)

const oauth = createSentryOAuth({
  sentryUrl: 'https://sentry.io',
  clientId: 'client-id',
  redirectUri: 'https://graph.example.org/api/auth/callback',
  scopes: [],
  fetch: () => {
    throw new Error('The code must not be spent')
  },
})

function read(query: string) {
  return oauth.readAuthorizationResponse(new URLSearchParams(query), state)
}

function refusal(expected: AuthorizationResponseErrorCode) {
  return expect.objectContaining({ name: 'AuthorizationResponseError', code: expected })
}

describe('an authorization response', () => {
  test.each([
    ['as Sentry sends it', `code=${code}&state=${state}`],
    ['with the right issuer', `code=${code}&state=${state}&iss=https%3A%2F%2Fsentry.io`],
    ['with parameters nobody knows', `code=${code}&state=${state}&session_state=1`],
  ])('is accepted %s', (_, query) => {
    expect(read(query).parameters.get('code')).toBe(code)
  })

  test.each<[string, AuthorizationResponseErrorCode, string]>([
    ['is empty', 'state_mismatch', ''],
    ['has no state', 'state_mismatch', `code=${code}`],
    ['has an empty state', 'state_mismatch', `code=${code}&state=`],
    ['has another state', 'state_mismatch', `code=${code}&state=${state.replace('e', 'E')}`],
    ['has a longer state', 'state_mismatch', `code=${code}&state=${state}x`],
    ['has an error for another state', 'state_mismatch', 'error=access_denied&state=another'],
    ['has no code', 'missing_code', `state=${state}`],
    ['has an empty code', 'missing_code', `code=&state=${state}`],
    ['has an empty error and no code', 'missing_code', `error=&state=${state}`],
    ['is a denial', 'access_denied', `error=access_denied&state=${state}`],
    ['is a denial with a code', 'access_denied', `error=access_denied&code=${code}&state=${state}`],
    ['complains of a scope', 'invalid_scope', `error=invalid_scope&state=${state}`],
    ['complains of the request', 'provider_error', `error=invalid_request&state=${state}`],
    ['complains of the client', 'provider_error', `error=unauthorized_client&state=${state}`],
    ['complains of something unheard of', 'provider_error', `error=%3Cscript%3E&state=${state}`],
    ['complains in another case', 'provider_error', `error=ACCESS_DENIED&state=${state}`],
    ['comes from another issuer', 'provider_error', `code=${code}&state=${state}&iss=https%3A%2F%2Fevil.example`],
    ['comes from nearly the issuer', 'provider_error', `code=${code}&state=${state}&iss=https%3A%2F%2Fsentry.io%2F`],
    ['has two codes', 'provider_error', `code=${code}&code=${code}&state=${state}`],
    ['has two states', 'provider_error', `code=${code}&state=${state}&state=${state}`],
    ['has two errors', 'provider_error', `error=access_denied&error=access_denied&state=${state}`],
    ['has two issuers', 'provider_error', `code=${code}&state=${state}&iss=https%3A%2F%2Fsentry.io&iss=x`],
    ['has anything twice', 'provider_error', `code=${code}&state=${state}&foo=1&foo=2`],
    ['has an endless code', 'provider_error', `code=${'a'.repeat(2_000)}&state=${state}`],
    ['has an endless state', 'provider_error', `code=${code}&state=${'a'.repeat(2_000)}`],
    ['has an endless name', 'provider_error', `code=${code}&state=${state}&${'a'.repeat(2_000)}=1`],
    ['is a signed one', 'provider_error', `response=eyJhbGciOiJub25lIn0&code=${code}&state=${state}`],
    ['is of the hybrid flow', 'provider_error', `id_token=eyJhbGciOiJub25lIn0&code=${code}&state=${state}`],
    ['carries a token itself', 'provider_error', `token=abc&code=${code}&state=${state}`],
  ])('is refused when it %s', (_, expected, query) => {
    expect(() => read(query)).toThrow(refusal(expected))
  })

  test('is refused when no state is expected', () => {
    const parameters = new URLSearchParams({ code, state: '' })
    expect(() => oauth.readAuthorizationResponse(parameters, '')).toThrow(refusal('state_mismatch'))
  })

  test('leaves nothing of itself in the refusal', () => {
    const query = `error=server_error&error_description=Call+0800-EVIL&code=${code}&state=${state}`
    expect(() => read(query)).toThrow(
      expect.toSatisfy((error: unknown) => {
        const everything = inspect(error, { depth: Infinity, showHidden: true })
        return ['EVIL', code, state].every((text) => !everything.includes(text))
      }),
    )
  })
})
