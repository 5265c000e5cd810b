import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startGateway()
})

afterAll(() => gateway.close())

const headersOf = async (url: string) => (await gateway.app.inject({ url })).headers

function directivesOf(policy: unknown): Record<string, string> {
  const parts = String(policy).split(';')
  return Object.fromEntries(parts.map((part) => [part.split(' ', 1)[0] ?? '', part.slice(part.indexOf(' ') + 1)]))
}

test.each(['/', '/o/acme', '/healthz', '/api/auth/me', '/graphql', '/nowhere', '/api/nowhere'])(
  '%s lets nothing inline or foreign run',
  async (url) => {
    const headers = await headersOf(url)
    expect(directivesOf(headers['content-security-policy'])).toEqual({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: https:",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('server')
  },
)

test('the explorer alone may style inline, embed fonts and start workers', async () => {
  const directives = directivesOf((await headersOf('/graphiql'))['content-security-policy'])
  expect(directives).toMatchObject({
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self' data:",
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'frame-ancestors': "'none'",
  })
})

describe('on https browsers are told to stay there', () => {
  let onHttps: TestGateway

  beforeAll(async () => {
    onHttps = await startGateway({
      PUBLIC_URL: 'https://graph.example.com',
      SESSION_SECRET: 'a secret of this test and no other',
      SENTRY_OAUTH_CLIENT_ID: 'a'.repeat(64),
    })
  })

  afterAll(() => onHttps.close())

  test.each(['/', '/graphiql', '/healthz', '/api/auth/me', '/graphql', '/nowhere', '/api/nowhere', '/%'])(
    'by %s',
    async (url) => {
      const { headers } = await onHttps.app.inject({ url })
      expect(headers['strict-transport-security']).toBe('max-age=31536000')
    },
  )
})

test('on http they are not, whatever a proxy that nobody trusts says', async () => {
  const { headers } = await gateway.app.inject({ url: '/', headers: { 'x-forwarded-proto': 'https' } })
  expect(headers).not.toHaveProperty('strict-transport-security')
})

test.each(['/%', '/%?code=x', '/api/%c0', '/assets/%'])('%s is refused with no less', async (url) => {
  const { statusCode, headers } = await gateway.app.inject({ url })
  expect(statusCode).toBe(400)
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  })
})
