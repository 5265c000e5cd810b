import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSentryOAuth } from './sentry-oauth.ts'

const registered = {
  sentryUrl: 'https://sentry.io',
  clientId: 'client-id',
  redirectUri: 'https://graph.example.org/api/auth/callback',
  scopes: ['org:read', 'project:read'],
}

describe('an authorization request', () => {
  test.each([
    ['confidential', { ...registered, clientSecret: 'client-secret' }],
    ['public', registered],
  ])('of a %s client asks for a code with everything Sentry needs and nothing secret', async (_, options) => {
    const { url, state, codeVerifier } = await createSentryOAuth(options).createAuthorizationRequest()
    const { origin, pathname, searchParams } = new URL(url)
    expect(origin + pathname).toBe('https://sentry.io/oauth/authorize/')
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client-id',
      redirect_uri: 'https://graph.example.org/api/auth/callback',
      scope: 'org:read project:read',
      state,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    expect(url).not.toContain(codeVerifier)
    expect(url).not.toContain('client-secret')
  })

  test('has a state and a verifier of 256 bits that never come again', async () => {
    const oauth = createSentryOAuth(registered)
    const requests = await Promise.all(Array.from({ length: 500 }, () => oauth.createAuthorizationRequest()))
    const values = requests.flatMap(({ state, codeVerifier }) => [state, codeVerifier])
    expect(new Set(values).size).toBe(1_000)
    expect(values.every((value) => /^[\w-]{43}$/.test(value))).toBe(true)
  })
})
