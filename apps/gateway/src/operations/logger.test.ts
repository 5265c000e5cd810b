import { afterEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { createLogger } from './logger.ts'
import { scrub } from './scrub.ts'

describe('a whole sign-in in the log', () => {
  let gateway: TestGateway

  afterEach(() => gateway.close())

  test('can be followed from login to session by one correlation id', async () => {
    gateway = await startGateway()
    await gateway.openBrowser().signIn(person(gateway.sandbox, 'mira').id, '/o/kleinwerk')
    const [{ correlationId } = { correlationId: '' }] = gateway.log().filter(({ event }) => event === 'sign_in.started')
    const events = gateway.log().filter((line) => line.correlationId === correlationId)
    expect(events.map(({ event }) => event)).toEqual([
      'sign_in.started',
      'sign_in.returned',
      'sign_in.exchanged',
      'sign_in.completed',
    ])
  })

  test('contains no token, code, state, verifier, secret, cookie or e-mail', async () => {
    const secrets: string[] = []
    gateway = await startGateway({ LOG_LEVEL: 'trace' }, ({ oauth, store }) => ({
      oauth: {
        ...oauth,
        async createAuthorizationRequest() {
          const request = await oauth.createAuthorizationRequest()
          secrets.push(request.state, request.codeVerifier)
          return request
        },
        async exchangeCode(response, codeVerifier) {
          const tokenSet = await oauth.exchangeCode(response, codeVerifier)
          secrets.push(response.parameters.get('code') ?? '', tokenSet.accessToken, tokenSet.refreshToken ?? '')
          return tokenSet
        },
      },
      store: {
        ...store,
        async signIn(input) {
          const signedIn = await store.signIn(input)
          secrets.push(signedIn.secret)
          return signedIn
        },
      },
    }))
    const { id, email } = person(gateway.sandbox, 'mira')
    const browser = gateway.openBrowser()
    const callback = await browser.answerAtSentry(await browser.begin(), id)
    await browser.get(callback)
    secrets.push(email, ...[...browser.cookies.values()].flatMap((value) => [value, decodeURIComponent(value)]))
    secrets.push(gateway.sandbox.application.clientSecret)

    await browser.get(callback)
    await gateway.openBrowser().get(callback)
    await browser.get(`/nowhere${new URL(callback, 'http://localhost').search}`)
    await browser.get(`/%${new URL(callback, 'http://localhost').search}`)
    await browser.graphql('{ viewer { user { email } organizations { nodes { slug } } } }')
    gateway.sandbox.fault({ path: '/oauth/token/' }, { status: 400, body: { error: 'invalid_grant' } })
    gateway.sandbox.fault({ path: /api/ }, { status: 401, body: { detail: `token of ${email}` } })
    await browser.graphql('{ viewer { organizations { nodes { slug } } } }')
    await browser.signIn(id)
    await browser.post('/api/auth/logout', { 'graphql-require-preflight': '1', authorization: 'Bearer hidden-bearer' })

    expect(secrets.length).toBeGreaterThan(9)
    expect(gateway.log().length).toBeGreaterThan(20)
    for (const secret of [...secrets, 'hidden-bearer']) expect(gateway.rawLog()).not.toContain(secret)
    expect(gateway.rawLog()).not.toMatch(/code=|state=|[\w.]+@[\w.]+/)
  })
})

test('errors are told down to their cause, without what texts quote', () => {
  let logged = ''
  const logger = createLogger({ logLevel: 'info' }, { write: (line: string) => void (logged += line) })
  const cause = new Error(`refused for mira@example.org with ${'a1'.repeat(32)}`)
  const error = Object.assign(new TypeError('at https://sentry.example/x?code=secret', { cause }), { body: 'secret' })
  logger.error({ err: error }, 'failed')
  const { err } = JSON.parse(logged)
  expect(err).toMatchObject({
    type: 'TypeError',
    message: 'at https://sentry.example/x?[query]',
    cause: { type: 'Error', message: 'refused for [e-mail] with [secret]' },
  })
  expect(logged).not.toContain('code=secret')
  expect(err).not.toHaveProperty('body')
})

test.each([
  ['0123456789abcdef'.repeat(4), '[secret]'],
  ['43 characters: aB3-_aB3-_aB3-_aB3-_aB3-_aB3-_aB3-_aB3-_aB3', '43 characters: [secret]'],
  ['write to noor.haddad+x@mail.example.com now', 'write to [e-mail] now'],
  ['GET /a?b=c d', 'GET /a?[query] d'],
  ['an id 4f78fa42-7239-4c62-ad99-9b7efa1fcfed stays', 'an id 4f78fa42-7239-4c62-ad99-9b7efa1fcfed stays'],
])('%j is scrubbed to %j', (text, scrubbed) => {
  expect(scrub(text)).toBe(scrubbed)
})
