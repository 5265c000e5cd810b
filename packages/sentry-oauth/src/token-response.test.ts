import { describe, expect, test } from 'vitest'
import { describeAuthorizationServer } from './authorization-server.ts'
import { readTokenResponse } from './token-response.ts'

const server = describeAuthorizationServer('https://sentry.io')
const client = { client_id: 'client-id' }
const context = { requestedScopes: ['project:read', 'org:read'], sentAt: new Date('2026-01-01T00:00:00Z') }

/** An answer as Sentry's documentation shows it. */
const answer = {
  access_token: '5b0f'.repeat(16),
  refresh_token: 'c1d2'.repeat(16),
  expires_in: 2_591_999,
  expires_at: '2026-01-30T23:59:59.747189Z',
  token_type: 'Bearer',
  scope: 'event:read member:read org:read',
  user: { id: '1201', name: 'Jane Doe', email: 'jane@example.org' },
}

function readAnswer(overrides: Record<string, unknown> = {}) {
  return readTokenResponse(server, client, Response.json({ ...answer, ...overrides }), context)
}

describe('a token response', () => {
  test('is a token set', async () => {
    expect(await readAnswer()).toEqual({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: new Date('2026-01-30T23:59:59Z'),
      scopes: ['event:read', 'member:read', 'org:read'],
      user: answer.user,
      organizationId: null,
    })
  })

  test.each(['Bearer', 'bearer', 'BEARER'])('may spell its token type %s', async (token_type) => {
    expect(await readAnswer({ token_type })).toMatchObject({ accessToken: answer.access_token })
  })

  test('may have members nobody knows, and an id token that is not read', async () => {
    expect(await readAnswer({ team_id: '7', id_token: 'no.jwt' })).toMatchObject({ user: answer.user })
  })

  test.each([
    ['7', '7'],
    [7, '7'],
    ['', null],
    [null, null],
    [['7'], null],
  ])('with the organization %j is bound to %j', async (organization_id, organizationId) => {
    expect(await readAnswer({ organization_id })).toMatchObject({ organizationId })
  })

  test.each<[string, Record<string, unknown>, Date | null]>([
    ['counts from when it was asked for', { expires_in: 60 }, new Date('2026-01-01T00:01:00Z')],
    ['may be a number in a string', { expires_in: '60' }, new Date('2026-01-01T00:01:00Z')],
    ['may be at once', { expires_in: 0 }, context.sentAt],
    ['is the date where there is no duration', { expires_in: null }, new Date('2026-01-30T23:59:59.747Z')],
    ['is absent where both are null', { expires_in: null, expires_at: null }, null],
    ['is absent where both are', { expires_in: undefined, expires_at: undefined }, null],
  ])('expiry %s', async (_, overrides, expiresAt) => {
    expect(await readAnswer(overrides)).toMatchObject({ expiresAt })
  })

  test.each<[string, unknown, string[]]>([
    ['in any order', 'project:read org:read', ['org:read', 'project:read']],
    ['said twice', 'org:read org:read', ['org:read']],
    ['said with spaces', ' org:read  project:read ', ['org:read', 'project:read']],
    ['more than were requested', 'org:read project:admin', ['org:read', 'project:admin']],
    ['none', '', []],
    ['unsaid, which means as requested', undefined, ['org:read', 'project:read']],
    ['null, which means as requested', null, ['org:read', 'project:read']],
  ])('grants the scopes, %s', async (_, scope, scopes) => {
    expect(await readAnswer({ scope })).toMatchObject({ scopes })
  })

  test.each([undefined, null])('may have no refresh token: %s', async (refresh_token) => {
    expect(await readAnswer({ refresh_token })).toMatchObject({ refreshToken: null })
  })

  test.each<[string, unknown, unknown]>([
    ['without a name', { id: '1', name: null, email: 'a@b.c' }, { id: '1', name: null, email: 'a@b.c' }],
    ['with an empty name', { id: '1', name: '', email: '' }, { id: '1', name: null, email: null }],
    ['with nothing but an id', { id: '1' }, { id: '1', name: null, email: null }],
    ['with a numeric id', { id: 1201 }, { id: '1201', name: null, email: null }],
    ['missing', undefined, null],
    ['null', null, null],
    ['a text', 'jane', null],
    ['without an id', { name: 'Jane' }, null],
    ['with an empty id', { id: '' }, null],
  ])('user %s', async (_, user, expected) => {
    expect(await readAnswer({ user })).toMatchObject({ user: expected })
  })
})

describe('an answer of a wrong shape is refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['without an access token', { access_token: undefined }],
    ['with null for an access token', { access_token: null }],
    ['with an empty access token', { access_token: '' }],
    ['with a number for an access token', { access_token: 42 }],
    ['with an access token that would split a header', { access_token: 'a\r\nX-Evil: 1' }],
    ['with an access token of two words', { access_token: 'a b' }],
    ['with a number for a refresh token', { refresh_token: 42 }],
    ['with an empty refresh token', { refresh_token: '' }],
    ['without a token type', { token_type: undefined }],
    ['with null for a token type', { token_type: null }],
    ['with a MAC token', { token_type: 'mac' }],
    ['with a DPoP token, which we cannot use', { token_type: 'DPoP' }],
    ['with a negative lifetime', { expires_in: -1 }],
    ['with a lifetime in words', { expires_in: 'a month' }],
    ['with a lifetime beyond all dates', { expires_in: 1e300 }],
    ['with an expiry that is no date', { expires_in: null, expires_at: 'soon' }],
    ['with an expiry that is no text', { expires_in: null, expires_at: 42 }],
    ['with scopes in a list', { scope: ['org:read'] }],
  ])('%s', async (_, overrides) => {
    await expect(readAnswer(overrides)).rejects.toMatchObject({
      name: 'TokenEndpointError',
      code: 'invalid_response',
      status: 200,
      oauthError: null,
    })
  })
})
