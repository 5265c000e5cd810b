import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSentryOAuth, type SentryOAuth } from './sentry-oauth.ts'

const redirectUri = 'http://localhost:3001/api/auth/callback'
const scopes = ['org:read', 'project:read']

let sandbox: Sandbox
let oauth: SentryOAuth

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, redirectUris: [redirectUri] })
  oauth = createSentryOAuth({ sentryUrl: sandbox.url, ...sandbox.application, redirectUri, scopes })
})

beforeEach(() => sandbox.clearRequests())
afterAll(() => sandbox.close())

/** Just enough of a browser to sign in and to answer the consent page. */
function createBrowser() {
  let cookie = ''
  async function open(url: string, form?: Record<string, string>): Promise<Response> {
    const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    const response = await fetch(new URL(url, sandbox.url), { ...body, headers: { cookie }, redirect: 'manual' })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  return { open }
}

async function readFormToken(page: Response): Promise<string> {
  return /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
}

/** Signs in at the sandbox, decides, and returns what the browser brings back to us. */
async function visit(authorizeUrl: string, decision: 'approve' | 'deny', person = sandbox.people[0]!) {
  const { open } = createBrowser()
  const signInToken = await readFormToken(await open(authorizeUrl))
  const { pathname, search } = new URL(authorizeUrl)
  await open('/auth/login/', { csrfmiddlewaretoken: signInToken, next: pathname + search, person: person.id })
  const consent = await open(authorizeUrl)
  const answer = consent.headers.has('location')
    ? consent
    : await open(authorizeUrl, { csrfmiddlewaretoken: await readFormToken(consent), op: decision })
  return new URL(answer.headers.get('location') ?? '').searchParams
}

async function signIn(person = sandbox.people[0]!) {
  const { url, state, codeVerifier } = await oauth.createAuthorizationRequest()
  const response = oauth.readAuthorizationResponse(await visit(url, 'approve', person), state)
  return { response, codeVerifier, tokenSet: await oauth.exchangeCode(response, codeVerifier) }
}

async function readStatus(accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch(`${sandbox.url}/api/0/auth/`, { headers })).status
}

describe('against the sandbox', () => {
  test('everybody signs in and is who they are', async () => {
    for (const person of sandbox.people) {
      const { tokenSet } = await signIn(person)
      expect(tokenSet).toMatchObject({ scopes, user: { id: person.id, email: person.email } })
      expect(tokenSet.expiresAt?.getTime()).toBeGreaterThan(Date.now())
      expect(await readStatus(tokenSet.accessToken)).toBe(200)
    }
  })

  test('a refresh gives a new pair and ends the old one', async () => {
    const { tokenSet } = await signIn()
    const refreshed = await oauth.refresh(tokenSet.refreshToken!)
    expect(await readStatus(refreshed.accessToken)).toBe(200)
    expect(await readStatus(tokenSet.accessToken)).toBe(401)
    await expect(oauth.refresh(tokenSet.refreshToken!)).rejects.toMatchObject({
      code: 'refused',
      oauthError: 'invalid_grant',
    })
  })

  test('a denial is a denial', async () => {
    sandbox.revokePerson(sandbox.people[0]!.id)
    const { url, state } = await oauth.createAuthorizationRequest()
    const parameters = await visit(url, 'deny')
    expect(() => oauth.readAuthorizationResponse(parameters, state)).toThrow(
      expect.objectContaining({ code: 'access_denied' }),
    )
  })

  test('an unknown scope is complained of', async () => {
    const demanding = createSentryOAuth({
      ...sandbox.application,
      sentryUrl: sandbox.url,
      redirectUri,
      scopes: ['all'],
    })
    const { url, state } = await demanding.createAuthorizationRequest()
    const answer = await createBrowser().open(url)
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    expect(() => demanding.readAuthorizationResponse(searchParams, state)).toThrow(
      expect.objectContaining({ code: 'invalid_scope' }),
    )
  })

  test('a pair that is good for one organization says so, also the next one', async () => {
    const { accessToken, refreshToken } = sandbox.issueTokens(sandbox.people[0]!.id, ['org:read'], {
      organizationId: '1',
    })
    const next = await oauth.refresh(refreshToken)
    expect(next.accessToken).not.toBe(accessToken)
    expect([next.organizationId, (await signIn()).tokenSet.organizationId]).toEqual(['1', null])
  })

  test('a code is spent once', async () => {
    const { response, codeVerifier } = await signIn()
    await expect(oauth.exchangeCode(response, codeVerifier)).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })

  test('a stolen code is worth nothing with the verifier of another sign-in', async () => {
    const victim = await oauth.createAuthorizationRequest()
    const attacker = await oauth.createAuthorizationRequest()
    const stolen = new URLSearchParams(await visit(victim.url, 'approve'))
    stolen.set('state', attacker.state)
    const response = oauth.readAuthorizationResponse(stolen, attacker.state)
    await expect(oauth.exchangeCode(response, attacker.codeVerifier)).rejects.toMatchObject({
      code: 'refused',
      oauthError: 'invalid_grant',
    })
  })

  test.each(['accessToken', 'refreshToken'] as const)('a pair is dead once its %s is revoked', async (which) => {
    const { tokenSet } = await signIn()
    expect(await readStatus(tokenSet.accessToken)).toBe(200)
    expect(await oauth.revoke(tokenSet[which] ?? '')).toBe(true)
    expect(await readStatus(tokenSet.accessToken)).toBe(401)
    await expect(oauth.refresh(tokenSet.refreshToken ?? '')).rejects.toMatchObject({ oauthError: 'invalid_grant' })
    expect(await oauth.revoke(tokenSet[which] ?? '')).toBe(true)
  })

  test('a Sentry without revocation is told apart', async () => {
    sandbox.configure({ hasRevocation: false })
    expect(await oauth.revoke('0'.repeat(64))).toBe(false)
    sandbox.configure({ hasRevocation: true })
  })

  test('a wrong client secret is refused as such', async () => {
    const impostor = createSentryOAuth({
      sentryUrl: sandbox.url,
      clientId: sandbox.application.clientId,
      clientSecret: '0'.repeat(64),
      redirectUri,
      scopes,
    })
    await expect(impostor.refresh('0'.repeat(64))).rejects.toMatchObject({
      code: 'refused',
      status: 401,
      oauthError: 'invalid_client',
    })
  })

  test('a response of a wrong issuer never reaches the token endpoint', async () => {
    const { url, state } = await oauth.createAuthorizationRequest()
    const parameters = await visit(url, 'approve')
    parameters.set('iss', 'https://evil.example')
    expect(() => oauth.readAuthorizationResponse(parameters, state)).toThrow(
      expect.objectContaining({ code: 'provider_error' }),
    )
    expect(sandbox.requests.filter(({ path }) => path === '/oauth/token/')).toEqual([])
  })
})
