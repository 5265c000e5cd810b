import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { findApplication } from '../testing/find-application.ts'
import { codeVerifier, findPerson, obtainCode, redirectUri, requestToken } from '../testing/sign-in.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})
afterEach(() => sandbox.close())

const issue = (scopes?: string[]) => sandbox.issueTokens(findPerson(sandbox, 'mira').id, scopes)

const probe = async (accessToken: string, origin = sandbox.url) =>
  (await fetch(`${origin}/api/0/organizations/`, { headers: { authorization: `Bearer ${accessToken}` } })).status

const askUserinfo = async (authorization?: string) => {
  const response = await fetch(`${sandbox.url}/oauth/userinfo/`, authorization ? { headers: { authorization } } : {})
  return [response.status, await response.json()]
}

describe('userinfo', () => {
  test('tells as much as the scopes allow, with a number for the subject', async () => {
    const { id, name, email } = findPerson(sandbox, 'mira')
    expect(await askUserinfo(`Bearer ${issue(['openid']).accessToken}`)).toEqual([200, { sub: Number(id) }])
    const full = await askUserinfo(`Bearer ${issue(['openid', 'profile', 'email']).accessToken}`)
    expect(full).toEqual([
      200,
      {
        sub: Number(id),
        name,
        avatar_type: 'letter_avatar',
        avatar_url: null,
        date_joined: expect.any(String),
        email,
        email_verified: true,
      },
    ])
  })

  test('refuses without a token, with an unknown one, and without the scope', async () => {
    expect(await askUserinfo()).toEqual([401, { detail: 'Bearer token required' }])
    expect(await askUserinfo('Bearer nothing')).toEqual([
      401,
      { error: 'invalid_token', error_description: 'Access token not found' },
    ])
    expect(await askUserinfo(`Bearer ${issue().accessToken}`)).toEqual([
      403,
      { error: 'insufficient_scope', error_description: 'openid scope is required' },
    ])
  })
})

const revoke = (fields: Record<string, string>) => {
  const { clientId, clientSecret } = sandbox.application
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields })
  return fetch(`${sandbox.url}/oauth/revoke/`, { method: 'POST', body })
}

describe('revocation', () => {
  test.each(['accessToken', 'refreshToken'] as const)('of the %s ends the whole pair', async (which) => {
    const tokens = issue()
    const response = await revoke({ token: tokens[which] })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(await probe(tokens.accessToken)).toBe(401)
    const refreshed = await requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: tokens.refreshToken })
    expect(refreshed.status).toBe(400)
  })

  test('of an unknown token, or another application’s, changes nothing and says nothing', async () => {
    const robot = findApplication(sandbox, 'Release Robot')
    const { accessToken } = sandbox.issueTokens(findPerson(sandbox, 'mira').id, ['org:read'], {
      clientId: robot.clientId,
    })
    expect((await revoke({ token: accessToken })).status).toBe(200)
    expect((await revoke({ token: 'unknown' })).status).toBe(200)
    expect(await probe(accessToken)).toBe(200)
  })

  test.each([
    [{}, 400, 'invalid_request'],
    [{ token: 'x', client_id: '' }, 400, 'invalid_client'],
    [{ token: 'x', client_secret: '' }, 400, 'invalid_client'],
    [{ token: 'x', client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ token: 'x', token_type_hint: 'id_token' }, 400, 'unsupported_token_type'],
  ])('refuses %j with %i %s and a description', async (fields, status, error) => {
    const response = await revoke(fields)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error, error_description: expect.any(String) })
  })

  test('can be switched off, as nobody knows whether Sentry still has it', async () => {
    sandbox.configure({ hasRevocation: false })
    expect((await revoke({ token: issue().accessToken })).status).toBe(404)
  })
})

test('the metadata names what there is, and can be missing', async () => {
  const read = () => fetch(`${sandbox.url}/.well-known/oauth-authorization-server`)
  const metadata = (await (await read()).json()) as Record<string, unknown>
  expect(metadata).toMatchObject({ issuer: sandbox.url, token_endpoint: `${sandbox.url}/oauth/token/` })
  expect(Object.keys(metadata)).not.toContain('revocation_endpoint')
  sandbox.configure({ hasMetadata: false })
  expect((await read()).status).toBe(404)
})

const exchange = async () => {
  const code = await obtainCode(sandbox, 'mira', { scope: 'openid email' })
  const fields = { code, redirect_uri: redirectUri, code_verifier: codeVerifier, nonce: 'n-1' }
  const response = await requestToken(sandbox, { grant_type: 'authorization_code', ...fields })
  return (await response.json()) as { id_token?: string; refresh_token: string }
}

describe('the id_token', () => {
  test('is not there without a secret to sign it', async () => {
    expect((await exchange()).id_token).toBeUndefined()
  })

  test('is signed with the secret and says who signed in', async () => {
    sandbox.configure({ idTokenSecret: 'secret' })
    const { id_token = '' } = await exchange()
    const [header = '', payload = '', signature] = id_token.split('.')
    expect(createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url')).toBe(signature)
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: sandbox.url,
      sub: findPerson(sandbox, 'mira').id,
      aud: sandbox.application.clientId,
      nonce: 'n-1',
      email: findPerson(sandbox, 'mira').email,
    })
  })
})

const region = () => sandbox.regions[0]?.url ?? ''

const refresh = async (refreshToken: string) => {
  const response = await requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken })
  return (await response.json()) as { access_token: string }
}

describe('regions that learn late of tokens', () => {
  test('do not know a new token yet, and still know a rotated one', async () => {
    sandbox.configure({ tokenReplicationDelay: 2 })
    const first = issue()
    expect([await probe(first.accessToken), await probe(first.accessToken, region())]).toEqual([200, 401])
    sandbox.serverClock.advance(2000)
    expect(await probe(first.accessToken, region())).toBe(200)
    const { access_token } = await refresh(first.refreshToken)
    expect([await probe(first.accessToken), await probe(first.accessToken, region())]).toEqual([401, 200])
    expect([await probe(access_token), await probe(access_token, region())]).toEqual([200, 401])
    sandbox.serverClock.advance(2000)
    expect([await probe(first.accessToken, region()), await probe(access_token, region())]).toEqual([401, 200])
  })

  test('learn at once unless it is configured otherwise', async () => {
    const { accessToken } = issue()
    expect(await probe(accessToken, region())).toBe(200)
    sandbox.revokeAccessToken(accessToken)
    expect(await probe(accessToken, region())).toBe(401)
  })
})
