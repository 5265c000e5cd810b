import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { codeVerifier, findPerson, obtainCode, redirectUri, requestToken } from '../testing/sign-in.ts'

let sandbox: Sandbox
let now = Date.parse('2026-10-01T12:00:00.250Z')

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false, clock: () => new Date(now) })
})
afterAll(() => sandbox.close())

const exchange = (code: string, changes: Record<string, string> = {}) =>
  requestToken(sandbox, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
    ...changes,
  })

const refresh = (refreshToken: string, changes: Record<string, string> = {}) =>
  requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken, ...changes })

const probe = (accessToken: string, origin = sandbox.url) =>
  fetch(`${origin}/api/0/organizations/`, { headers: { authorization: `Bearer ${accessToken}` } })

/** Status and body: Sentry sends the error's name and nothing else. */
async function readRefusal(response: Response): Promise<string> {
  return `${response.status} ${await response.text()}`
}

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

const issue = () => sandbox.issueTokens(findPerson(sandbox, 'mira').id)

const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/oauth/token/`, { method: 'POST', body: new URLSearchParams(fields), headers })

describe('exchanging a code', () => {
  test('gives tokens with the expanded scopes and the person', async () => {
    const response = await exchange(await obtainCode(sandbox, 'mira', { scope: 'event:write org:read' }))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('max-age=0, no-cache, no-store, must-revalidate, private')
    const { id, name, email } = findPerson(sandbox, 'mira')
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      expires_in: 2_591_999,
      expires_at: '2026-10-31T12:00:00.250000Z',
      token_type: 'Bearer',
      scope: 'event:read event:write org:read',
      user: { id, name, email },
    })
  })

  test('gives a person without a name as they are', async () => {
    const response = await exchange(await obtainCode(sandbox, 'sam'))
    expect(await response.json()).toMatchObject({ user: { name: null, email: 'sam@post.example' } })
  })

  test('works once', async () => {
    const code = await obtainCode(sandbox, 'mira')
    const first = await exchange(code)
    expect(await readRefusal(await exchange(code))).toBe('400 {"error":"invalid_grant"}')
    const { access_token: accessToken } = (await first.json()) as { access_token: string }
    expect((await probe(accessToken)).status).toBe(200)
  })

  test('of two at the same time lets one win', async () => {
    const code = await obtainCode(sandbox, 'mira')
    const statuses = (await Promise.all([exchange(code), exchange(code)])).map(({ status }) => status)
    expect(statuses.toSorted((left, right) => left - right)).toEqual([200, 400])
  })

  test.each([
    ['another redirect URI', { redirect_uri: 'http://localhost:3002/api/auth/callback' }],
    ['no redirect URI', { redirect_uri: '' }],
    ['a wrong verifier', { code_verifier: `${codeVerifier}x` }],
    ['a verifier of bad form', { code_verifier: 'short' }],
    ['no verifier', { code_verifier: '' }],
  ])('with %s destroys the code', async (_what, changes) => {
    const code = await obtainCode(sandbox, 'mira')
    expect(await readRefusal(await exchange(code, changes))).toBe('400 {"error":"invalid_grant"}')
    expect(await readRefusal(await exchange(code))).toBe('400 {"error":"invalid_grant"}')
  })

  test('needs no verifier when there was no challenge', async () => {
    const code = await obtainCode(sandbox, 'mira', { code_challenge: null, code_challenge_method: null })
    expect((await exchange(code, { code_verifier: '' })).status).toBe(200)
  })

  test('fails with an unknown code and without one', async () => {
    expect(await readRefusal(await exchange('0'.repeat(64)))).toBe('400 {"error":"invalid_grant"}')
    expect(await readRefusal(await exchange(''))).toBe('400 {"error":"invalid_grant"}')
  })

  test('fails after ten minutes', async () => {
    const code = await obtainCode(sandbox, 'mira')
    now += 10 * 60 * 1000
    expect(await readRefusal(await exchange(code))).toBe('400 {"error":"invalid_grant"}')
  })
})

describe('refreshing', () => {
  test('replaces both tokens, and the old pair is dead at once on every host', async () => {
    const old = issue()
    const response = await refresh(old.refreshToken)
    const fresh = (await response.json()) as { access_token: string; refresh_token: string; scope: string }
    expect(fresh.scope).toBe('event:read member:read org:read project:read team:read')
    for (const origin of [sandbox.url, ...sandbox.regions.map(({ url }) => url)]) {
      expect((await probe(old.accessToken, origin)).status).toBe(401)
      expect((await probe(fresh.access_token, origin)).status).toBe(200)
    }
    expect(await readRefusal(await refresh(old.refreshToken))).toBe('400 {"error":"invalid_grant"}')
    expect((await probe(fresh.access_token)).status).toBe(200)
    expect((await refresh(fresh.refresh_token)).status).toBe(200)
  })

  test('works after the access token has expired', async () => {
    const { accessToken, refreshToken } = issue()
    sandbox.expireAccessToken(accessToken)
    const expired = await probe(accessToken)
    expect([expired.status, await expired.json()]).toEqual([401, { detail: 'Token expired' }])
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  test('of many at the same time lets one win', async () => {
    const { refreshToken } = issue()
    const responses = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)))
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
    const losers = responses.filter(({ status }) => status !== 200)
    for (const loser of losers) expect(await readRefusal(loser)).toBe('400 {"error":"invalid_grant"}')
  })

  test('cannot change the scopes', async () => {
    const { accessToken, refreshToken } = issue()
    expect(await readRefusal(await refresh(refreshToken, { scope: 'org:read' }))).toBe(
      '400 {"error":"invalid_request"}',
    )
    expect((await probe(accessToken)).status).toBe(200)
  })

  test('needs a refresh token, and one that was not withdrawn', async () => {
    const { refreshToken } = issue()
    expect(await readRefusal(await refresh(''))).toBe('400 {"error":"invalid_request"}')
    sandbox.revokePerson(findPerson(sandbox, 'mira').id)
    expect(await readRefusal(await refresh(refreshToken))).toBe('400 {"error":"invalid_grant"}')
  })

  test('does not work with an access token', async () => {
    expect(await readRefusal(await refresh(issue().accessToken))).toBe('400 {"error":"invalid_grant"}')
  })
})

describe('the order of checks', () => {
  test('is grant type, then client, then the grant', async () => {
    expect(await readRefusal(await send({}))).toBe('400 {"error":"invalid_request"}')
    expect(await readRefusal(await send({ grant_type: '' }))).toBe('400 {"error":"invalid_request"}')
    expect(await readRefusal(await send({ grant_type: 'password' }))).toBe('400 {"error":"unsupported_grant_type"}')
    expect(await readRefusal(await send({ grant_type: 'constructor' }))).toBe('400 {"error":"unsupported_grant_type"}')
    expect(await readRefusal(await send({ grant_type: 'refresh_token' }))).toBe('401 {"error":"invalid_client"}')
  })

  test('an unknown client and a wrong secret look the same', async () => {
    const { clientId } = sandbox.application
    const strangers = [
      await send({ grant_type: 'refresh_token', client_id: '0'.repeat(64), client_secret: 'x' }),
      await send({ grant_type: 'refresh_token', client_id: clientId, client_secret: 'x' }),
      await send({ grant_type: 'refresh_token', client_id: clientId }),
      await send({ grant_type: 'refresh_token' }, basic(`${clientId}:x`)),
    ]
    for (const response of strangers) {
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="oauth"')
      expect(await readRefusal(response)).toBe('401 {"error":"invalid_client"}')
    }
  })

  test('HTTP Basic authenticates as well as the body, but not together with it', async () => {
    const { clientId, clientSecret } = sandbox.application
    const headers = basic(`${clientId}:${clientSecret}`)
    expect(await readRefusal(await send({ grant_type: 'refresh_token' }, headers))).toBe(
      '400 {"error":"invalid_request"}',
    )
    expect(await readRefusal(await send({ grant_type: 'refresh_token', refresh_token: 'x' }, headers))).toBe(
      '400 {"error":"invalid_grant"}',
    )
    const both = { grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }
    expect(await readRefusal(await send(both, headers))).toBe('400 {"error":"invalid_request"}')
  })

  test.each([
    ['without a colon', `Basic ${Buffer.from('nothing').toString('base64')}`],
    ['that is not base64', 'Basic %%%'],
    ['that is empty', 'Basic'],
    ['that is too long', `Basic ${'A'.repeat(4100)}`],
  ])('a Basic header %s is a client failure', async (_what, authorization) => {
    expect(await readRefusal(await send({ grant_type: 'refresh_token' }, { authorization }))).toBe(
      '401 {"error":"invalid_client"}',
    )
  })
})

test('a JSON body is not read', async () => {
  const { clientId, clientSecret } = sandbox.application
  const body = JSON.stringify({ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret })
  const headers = { 'content-type': 'application/json' }
  expect(await readRefusal(await fetch(`${sandbox.url}/oauth/token/`, { method: 'POST', body, headers }))).toBe(
    '400 {"error":"invalid_request"}',
  )
})

test('the token endpoint answers only POST, and only on the control host', async () => {
  const read = await fetch(`${sandbox.url}/oauth/token/`)
  expect([read.status, read.headers.get('cache-control')]).toEqual([
    405,
    'max-age=0, no-cache, no-store, must-revalidate, private',
  ])
  for (const { url } of sandbox.regions) {
    expect((await fetch(`${url}/oauth/token/`, { method: 'POST' })).status).toBe(404)
    expect((await fetch(`${url}/oauth/authorize/`)).status).toBe(404)
  }
})
