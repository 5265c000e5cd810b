import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { TokenEndpointError, TokenEndpointErrorCode } from './errors.ts'
import { createSentryOAuth, type SentryOAuthOptions } from './sentry-oauth.ts'

const clientSecret = 'client-secret-in-clear'
const code = 'code-in-clear'
const codeVerifier = 'verifier-in-clear-verifier-in-clear-verifier'
const refreshToken = 'refresh-token-in-clear'
const state = 'state-in-clear'

const success = {
  access_token: 'access-token-in-clear',
  refresh_token: 'next-refresh-token-in-clear',
  expires_in: 2_591_999,
  token_type: 'Bearer',
  scope: 'org:read',
  user: { id: '1201', name: null, email: 'jane@example.org' },
}

interface ReceivedRequest {
  method: string | undefined
  path: string | undefined
  headers: IncomingMessage['headers']
  parameters: Record<string, string>
}

type Answer = (response: ServerResponse) => void

/** A token endpoint that answers as it is told to. */
async function startTokenEndpoint(answer: Answer) {
  const requests: ReceivedRequest[] = []
  const server = createServer()
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url: path, headers } = request
    const parameters = Object.fromEntries(new URLSearchParams(await text(request)))
    requests.push({ method, path, headers, parameters })
    answer(response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

function createOAuth(sentryUrl: string, options: Partial<SentryOAuthOptions> = {}) {
  const redirectUri = 'http://localhost:3001/api/auth/callback'
  return createSentryOAuth({ sentryUrl, clientId: 'client-id', clientSecret, redirectUri, scopes: [], ...options })
}

function exchange(sentryUrl: string, options: Partial<SentryOAuthOptions> = {}) {
  const oauth = createOAuth(sentryUrl, options)
  return oauth.exchangeCode(oauth.readAuthorizationResponse(new URLSearchParams({ code, state }), state), codeVerifier)
}

/** The failures of both requests, which are the same, after a look for secrets in everything the errors hold. */
async function collectFailures(sentryUrl: string, options: Partial<SentryOAuthOptions> = {}) {
  const outcomes = await Promise.allSettled([
    exchange(sentryUrl, options),
    createOAuth(sentryUrl, options).refresh(refreshToken),
  ])
  return outcomes.map((outcome) => {
    expect(outcome.status).toBe('rejected')
    const { reason } = outcome as PromiseRejectedResult
    expect(inspect(reason, { depth: Infinity, showHidden: true })).not.toContain('in-clear')
    return reason as TokenEndpointError
  })
}

/** What both requests fail with at a token endpoint that answers like this. */
async function provoke(answer: Answer, timeout = 5_000) {
  const { url } = await startTokenEndpoint(answer)
  return collectFailures(url, { timeout })
}

function both(expected: Partial<TokenEndpointError>) {
  const failure = { name: 'TokenEndpointError', oauthError: null, ...expected }
  return [failure, failure]
}

function send(status: number, contentType: string | null, body: string | Buffer): Answer {
  return (response) => {
    response.writeHead(status, contentType === null ? {} : { 'content-type': contentType }).end(body)
  }
}

function sendJson(status: number, body: unknown): Answer {
  return send(status, 'application/json', JSON.stringify(body))
}

const drip: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
  const timer = setInterval(() => response.write(' '), 5)
  response.on('close', () => clearInterval(timer))
}

function redirect(status: number, location: string): Answer {
  return (response) => void response.writeHead(status, { location }).end()
}

const followingFetch: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'follow' })

describe('the code exchange', () => {
  test('sends the code with its verifier, the redirect URI and the client secret in the body', async () => {
    const { url, requests } = await startTokenEndpoint(sendJson(200, success))
    expect(await exchange(url)).toMatchObject({ accessToken: success.access_token, user: { id: '1201' } })
    expect(requests).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/oauth/token/',
        parameters: {
          grant_type: 'authorization_code',
          code,
          code_verifier: codeVerifier,
          redirect_uri: 'http://localhost:3001/api/auth/callback',
          client_id: 'client-id',
          client_secret: clientSecret,
        },
      }),
    ])
    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' })
    expect(requests[0]?.headers).not.toHaveProperty('authorization')
  })

  test('of a public client names the client and sends no secret', async () => {
    const { url, requests } = await startTokenEndpoint(sendJson(200, success))
    const oauth = createSentryOAuth({ sentryUrl: url, clientId: 'public', redirectUri: 'http://localhost', scopes: [] })
    const response = oauth.readAuthorizationResponse(new URLSearchParams({ code, state }), state)
    await oauth.exchangeCode(response, codeVerifier)
    expect(requests[0]?.parameters).toMatchObject({ client_id: 'public', code_verifier: codeVerifier })
    expect(requests[0]?.parameters).not.toHaveProperty('client_secret')
  })

  test('spends no code that was not judged', async () => {
    const { url, requests } = await startTokenEndpoint(sendJson(200, success))
    const unjudged = { parameters: new URLSearchParams({ code, state }) }
    await expect(createOAuth(url).exchangeCode(unjudged, codeVerifier)).rejects.toThrow(TypeError)
    expect(requests).toEqual([])
  })
})

describe('a refresh', () => {
  test('sends the refresh token without a scope, which Sentry would refuse', async () => {
    const { url, requests } = await startTokenEndpoint(sendJson(200, success))
    const tokenSet = await createOAuth(url, { scopes: ['org:read'] }).refresh(refreshToken)
    expect(tokenSet).toMatchObject({ refreshToken: success.refresh_token })
    expect(requests[0]?.parameters).toEqual({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: 'client-id',
      client_secret: clientSecret,
    })
  })

  test('dates the expiry from before the request', async () => {
    const { url } = await startTokenEndpoint(sendJson(200, { ...success, expires_in: 60 }))
    const times = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:09Z')]
    const tokenSet = await createOAuth(url, { clock: () => times.shift() ?? new Date() }).refresh(refreshToken)
    expect(tokenSet.expiresAt).toEqual(new Date('2026-01-01T00:01:00Z'))
  })
})

describe('whether a refresh may have happened although no pair came back', () => {
  const json = 'application/json'
  const whole = JSON.stringify(success)

  test.each<[boolean, string, Answer]>([
    [false, 'a refusal', sendJson(400, { error: 'invalid_grant' })],
    [false, 'a page of a proxy', send(502, 'text/html', '<h1>Bad Gateway</h1>')],
    [false, 'a redirect', redirect(302, 'https://evil.example/')],
    [true, 'half a pair', send(200, json, whole.slice(0, 60))],
    [true, 'a reset', ({ socket }) => void socket?.resetAndDestroy()],
    [true, 'silence', () => undefined],
    [true, 'a drip', drip],
  ])('is %s after %s', async (mayHaveTakenEffect, _, answer) => {
    const [, failure] = await provoke(answer, 300)
    expect(failure).toMatchObject({ mayHaveTakenEffect })
  })

  test.each(['127.0.0.1', 'localhost', 'nowhere.invalid'])('is false when nobody was reached at %s', async (host) => {
    const closed = createServer()
    await once(closed.listen(0, '127.0.0.1'), 'listening')
    const { port } = closed.address() as AddressInfo
    await once(closed.close(), 'close')
    const scheme = host === 'nowhere.invalid' ? 'https' : 'http'
    const [, failure] = await collectFailures(`${scheme}://${host}:${port}`)
    expect(failure).toMatchObject({ code: 'unavailable', mayHaveTakenEffect: false })
  })

  test('is false when who answered was not Sentry', async () => {
    const cause = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' })
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
    const [, failure] = await collectFailures('https://sentry.example.com', { fetch })
    expect(failure).toMatchObject({ code: 'unavailable', mayHaveTakenEffect: false })
  })
})

describe('a revocation', () => {
  test('sends the token with the client secret in the body', async () => {
    const { url, requests } = await startTokenEndpoint(send(200, null, ''))
    expect(await createOAuth(url).revoke(refreshToken)).toBe(true)
    const parameters = { token: refreshToken, client_id: 'client-id', client_secret: clientSecret }
    expect(requests).toEqual([expect.objectContaining({ method: 'POST', path: '/oauth/revoke/', parameters })])
  })

  test.each([404, 405])('of a Sentry that answers %i is none, and no failure', async (status) => {
    const { url } = await startTokenEndpoint(send(status, 'text/html', '<h1>Not Found</h1>'))
    expect(await createOAuth(url).revoke(refreshToken)).toBe(false)
  })

  test.each<[string, TokenEndpointErrorCode, Answer]>([
    ['a refusal', 'refused', sendJson(401, { error: 'invalid_client', error_description: refreshToken })],
    ['a page of a proxy', 'unavailable', send(502, 'text/html', '<h1>Bad Gateway</h1>')],
    ['a redirect', 'unavailable', redirect(307, 'https://evil.example/')],
    ['a reset', 'unavailable', ({ socket }) => void socket?.resetAndDestroy()],
    ['silence', 'timeout', () => undefined],
  ])('that meets %s fails as %s', async (_, expected, answer) => {
    const { url } = await startTokenEndpoint(answer)
    const failure: unknown = await createOAuth(url, { timeout: 300 })
      .revoke(refreshToken)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'TokenEndpointError', code: expected })
    expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('in-clear')
  })
})

describe('a refusal by the token endpoint', () => {
  test.each([
    [400, 'invalid_request'],
    [400, 'invalid_grant'],
    [401, 'invalid_client'],
    [400, 'unauthorized_client'],
    [400, 'unsupported_grant_type'],
    [400, 'invalid_scope'],
  ] as const)('says %i %s', async (status, oauthError) => {
    expect(await provoke(sendJson(status, { error: oauthError }))).toMatchObject(
      both({ code: 'refused', status, oauthError }),
    )
  })

  test('is read although a challenge comes with it', async () => {
    expect(
      await provoke((response) => {
        response.setHeader('www-authenticate', 'Basic realm="oauth"')
        sendJson(401, { error: 'invalid_client' })(response)
      }),
    ).toMatchObject(both({ code: 'refused', status: 401, oauthError: 'invalid_client' }))
  })

  test('in words nobody knows is some other refusal, without the words', async () => {
    const body = { error: 'refresh-token-in-clear', error_description: 'client-secret-in-clear' }
    expect(await provoke(sendJson(400, body))).toMatchObject(
      both({ code: 'refused', status: 400, oauthError: 'other' }),
    )
  })
})

describe('a broken token endpoint', () => {
  const json = 'application/json'
  const html = 'text/html; charset=utf-8'
  const body = JSON.stringify(success)

  test.each<[string, TokenEndpointErrorCode, number, string | null, string]>([
    ['500 with a page', 'unavailable', 500, html, '<h1>Server Error</h1>'],
    ['500 with an OAuth error', 'unavailable', 500, json, '{"error":"invalid_grant"}'],
    ['502 with nothing', 'unavailable', 502, null, ''],
    ['503 with a token', 'unavailable', 503, json, body],
    ['400 with a page', 'unavailable', 400, html, '<h1>Bad Request</h1>'],
    ['400 with nothing', 'unavailable', 400, null, ''],
    ['400 with JSON that is no OAuth error', 'unavailable', 400, json, '{"detail":"access-token-in-clear"}'],
    ['400 with an error that is no text', 'unavailable', 400, json, '{"error":{"code":"access-token-in-clear"}}'],
    ['400 with an OAuth error said to be text', 'unavailable', 400, 'text/plain', '{"error":"invalid_grant"}'],
    ['404 with a page', 'unavailable', 404, html, '<h1>Not Found</h1>'],
    ['429 of a rate limiter', 'unavailable', 429, json, '{"detail":"Too many"}'],
    ['201', 'unavailable', 201, json, body],
    ['204', 'unavailable', 204, null, ''],
    ['200 with a page', 'unavailable', 200, html, '<h1>Maintenance access-token-in-clear</h1>'],
    ['200 with JSON said to be a page', 'unavailable', 200, html, body],
    ['200 with nothing', 'invalid_response', 200, json, ''],
    ['200 with JSON said to be text', 'invalid_response', 200, 'text/plain', body],
    ['200 with JSON that is not said to be JSON', 'invalid_response', 200, null, body],
    ['200 with half of the JSON', 'invalid_response', 200, json, body.slice(0, 60)],
    ['200 with a token that is no JSON', 'invalid_response', 200, json, 'in-clear'],
    ['200 with a list', 'invalid_response', 200, json, `[${body}]`],
    ['200 with null', 'invalid_response', 200, json, 'null'],
    ['200 without a token', 'invalid_response', 200, json, '{"token_type":"Bearer"}'],
    ['200 with a MAC token', 'invalid_response', 200, json, body.replace('Bearer', 'mac')],
    ['200 with an OAuth error', 'invalid_response', 200, json, '{"error":"invalid_grant"}'],
  ])('that answers %s is %s', async (_, expected, status, contentType, content) => {
    expect(await provoke(send(status, contentType, content))).toMatchObject(both({ code: expected, status }))
  })

  test('that resets the connection is unavailable', async () => {
    expect(
      await provoke(({ socket }) => {
        socket?.resetAndDestroy()
      }),
    ).toMatchObject(both({ code: 'unavailable', status: null, cause: expect.any(Error) }))
  })

  test('that is cut off in the middle of its answer is unavailable', async () => {
    expect(
      await provoke((response) => {
        response.writeHead(200, { 'content-type': json, 'content-length': '500' })
        response.write(body, () => response.socket?.destroy())
      }),
    ).toMatchObject(both({ code: 'unavailable', cause: expect.any(Error) }))
  })

  test('that speaks something else than HTTP is unavailable', async () => {
    expect(
      await provoke(({ socket }) => {
        socket?.end('SSH-2.0-OpenSSH_9.2\r\n')
      }),
    ).toMatchObject(both({ code: 'unavailable' }))
  })

  test('that nobody runs is unavailable, with the reason as cause', async () => {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    await once(server.close(), 'close')
    for (const failure of await collectFailures(`http://127.0.0.1:${port}`)) {
      expect(failure).toMatchObject({ code: 'unavailable', cause: { cause: { code: 'ECONNREFUSED' } } })
    }
  })

  test('that keeps silent runs into the deadline', async () => {
    expect(await provoke(() => {}, 50)).toMatchObject(
      both({ code: 'timeout', status: null, cause: { name: 'TimeoutError' } }),
    )
  })

  test('that drips runs into the deadline, although its headers came at once', async () => {
    const { url } = await startTokenEndpoint(drip)
    const response = await fetch(url)
    expect(response.status).toBe(200)
    await response.body?.cancel()

    expect(await provoke(drip, 100)).toMatchObject(both({ code: 'timeout' }))
  })

  test.each([301, 302, 303, 307, 308])('that redirects with %i is not followed', async (status) => {
    const thief = await startTokenEndpoint(sendJson(200, success))
    expect(await provoke(redirect(status, thief.url))).toMatchObject(both({ code: 'unavailable', status }))
    expect(thief.requests).toEqual([])
  })

  test('that redirects would hand the code and the secret to another server, were it followed', async () => {
    const thief = await startTokenEndpoint(sendJson(200, success))
    const { url } = await startTokenEndpoint(redirect(307, thief.url))
    await exchange(url, { fetch: followingFetch })
    expect(thief.requests[0]?.parameters).toMatchObject({ code, client_secret: clientSecret })
  })

  test('that never stops talking is cut off at the size cap', async () => {
    const cutOff = Promise.withResolvers<boolean>()
    const { url } = await startTokenEndpoint((response) => {
      response.on('close', () => cutOff.resolve(!response.writableFinished))
      response.writeHead(200, { 'content-type': json }).end(Buffer.alloc(10_000_000, ' '))
    })
    await expect(exchange(url)).rejects.toMatchObject({ code: 'invalid_response', status: 200 })
    expect(await cutOff.promise).toBe(true)
  })

  test('that packs ten megabytes into ten kilobytes is cut off at the size cap', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, ' '))
    expect(bomb.length).toBeLessThan(20_000)
    expect(
      await provoke((response) => {
        response.writeHead(200, { 'content-type': json, 'content-encoding': 'gzip' }).end(bomb)
      }),
    ).toMatchObject(both({ code: 'invalid_response' }))
  })

  test('does no harm to the next request', async () => {
    const answers = [send(500, html, 'Server Error'), sendJson(200, success)]
    const { url } = await startTokenEndpoint((response) => answers.shift()?.(response))
    const oauth = createOAuth(url)
    await expect(oauth.refresh(refreshToken)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await oauth.refresh(refreshToken)).toMatchObject({ accessToken: success.access_token })
  })
})

test('an answer may be as large as the cap allows', async () => {
  const body = JSON.stringify(success)
  const { url } = await startTokenEndpoint(send(200, 'application/json;charset=utf-8', body))
  expect(await exchange(url, { maxResponseBytes: body.length })).toMatchObject({ accessToken: success.access_token })
  await expect(exchange(url, { maxResponseBytes: body.length - 1 })).rejects.toMatchObject({ code: 'invalid_response' })
})

test('a client is not created for a Sentry that plain http would reach', () => {
  expect(() => createOAuth('http://sentry.example.org')).toThrow(TypeError)
})
