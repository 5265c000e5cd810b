import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { person, startGateway, type TestGateway } from './gateway.fixture.ts'
import { createSecretScan } from './secret-scan.fixture.ts'

const secret = 'a secret / with "odd" characters, 256 bits of them'
const token = 'f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f'
const opaque = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE'

describe('the scan finds', () => {
  test.each([
    ['as it is', (text: string) => text],
    ['in an address', encodeURIComponent],
    ['in JSON', (text: string) => JSON.stringify({ nested: text })],
    ['in hex', (text: string) => Buffer.from(text).toString('hex')],
    ['in base64', (text: string) => Buffer.from(text).toString('base64')],
    ['in base64url', (text: string) => Buffer.from(text).toString('base64url')],
  ])('a secret %s', (_, spell) => {
    const scan = createSecretScan()
    scan.know('client secret', secret)
    scan.see('a log', `before ${spell(secret)} after`)
    expect(() => scan.finish()).toThrow('Secrets in clear: client secret in a log')
  })

  test('one that became known after it was seen', () => {
    const scan = createSecretScan()
    scan.see('a page', token)
    scan.know('access token', token)
    expect(() => scan.finish()).toThrow('access token in a page')
  })

  test('one of which only the hash is known', () => {
    const scan = createSecretScan()
    scan.knowHashes('session secret', [createHash('sha256').update(opaque).digest('base64url')])
    scan.see('a page', `{"value":"${opaque}"}`)
    expect(() => scan.finish()).toThrow('session secret in a page')
  })

  test('the state anywhere but in the address at Sentry', () => {
    const scan = createSecretScan()
    scan.know('state', opaque)
    scan.see('headers', `https://sentry.io/oauth/authorize/?client_id=x&state=${opaque}&scope=y`)
    scan.see('a log', `/api/auth/callback?state=${opaque}`)
    expect(() => scan.finish()).toThrow('Secrets in clear: state in a log')
  })

  test('what opens a client session anywhere but in the answer that makes it', () => {
    const made = `{"data":{"createClientSession":{"session":{"id":"1"},"value":"sgc_${opaque}"}}}`
    for (const elsewhere of [made, `{"data":{"viewer":{"value":"sgc_${opaque}"}}}`]) {
      const scan = createSecretScan()
      scan.know('session secret', opaque)
      scan.see('an answer', made)
      expect(() => scan.finish()).not.toThrow()
      scan.see('an answer', elsewhere)
      expect(() => scan.finish()).toThrow('session secret in an answer')
    }
  })

  test('nothing where there is nothing, and tells no secret of what it finds', () => {
    const scan = createSecretScan()
    scan.know('access token', token)
    scan.know('a word', 'word')
    scan.see('a page', 'a word')
    expect(() => scan.finish()).not.toThrow()
    scan.see('a page', token)
    expect(() => scan.finish()).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(token) as string }),
    )
  })
})

describe('the gateway of the tests finds', () => {
  let gateway: TestGateway
  let browser: Browser
  let known: Record<string, string>

  beforeEach(async () => {
    known = {}
    gateway = await startGateway({}, ({ oauth, store }) => ({
      oauth: {
        ...oauth,
        async createAuthorizationRequest() {
          const begun = await oauth.createAuthorizationRequest()
          Object.assign(known, { state: begun.state, verifier: begun.codeVerifier })
          return begun
        },
        async exchangeCode(response, verifier) {
          const tokens = await oauth.exchangeCode(response, verifier)
          const code = response.parameters.get('code') ?? ''
          Object.assign(known, { code, 'access token': tokens.accessToken, 'refresh token': tokens.refreshToken })
          return tokens
        },
      },
      store: {
        ...store,
        async signIn(input) {
          const signedIn = await store.signIn(input)
          known['session secret'] = signedIn.secret
          return signedIn
        },
      },
    }))
    known['client secret'] = gateway.sandbox.application.clientSecret
    browser = gateway.openBrowser()
    gateway.app.get('/leak', async (request) => ({ leaked: known[(request.query as { kind: string }).kind] }))
    await browser.signIn(person(gateway.sandbox, 'mira').id)
  })

  const kinds = ['state', 'verifier', 'code', 'access token', 'refresh token', 'session secret', 'client secret']

  test.each(kinds)('a %s in an answer', async (kind) => {
    expect((await browser.get(`/leak?${new URLSearchParams({ kind })}`)).body).toContain(known[kind])
    await expect(gateway.close()).rejects.toThrow(`${kind} in an answer`)
  })

  test.each(kinds)('a %s in the log', async (kind) => {
    gateway.app.log.info({ leaked: known[kind] }, 'a leak')
    await expect(gateway.close()).rejects.toThrow(`${kind} in the log`)
  })

  test('one in the database', async () => {
    const { store } = gateway.dependencies
    const profile = { sentryHost: 'sentry.io', sentryId: '1', email: null, username: null, avatarUrl: null }
    const tokens = { accessToken: 'x', refreshToken: null }
    await store.signIn({
      profile: { ...profile, name: known['access token'] ?? '' },
      tokens,
      expiresAt: null,
      scopes: [],
      userAgent: null,
    })
    await expect(gateway.close()).rejects.toThrow('access token in the database')
  })
})
