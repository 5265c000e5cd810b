import { describe, expect, test } from 'vitest'
import { describeAuthorizationServer } from './authorization-server.ts'

describe('the authorization server', () => {
  test.each([
    ['https://sentry.io', 'https://sentry.io'],
    ['https://sentry.io/', 'https://sentry.io'],
    ['https://tools.example.org/sentry', 'https://tools.example.org/sentry'],
    ['http://localhost:3100', 'http://localhost:3100'],
    ['http://127.0.0.1:3100', 'http://127.0.0.1:3100'],
    ['http://[::1]:3100', 'http://[::1]:3100'],
    ['http://127.0.0.2', 'http://127.0.0.2'],
    ['http://127.255.255.254:9000', 'http://127.255.255.254:9000'],
  ])('at %s has its endpoints below it, each with a trailing slash', (sentryUrl, issuer) => {
    expect(describeAuthorizationServer(sentryUrl)).toEqual({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize/`,
      token_endpoint: `${issuer}/oauth/token/`,
      revocation_endpoint: `${issuer}/oauth/revoke/`,
      device_authorization_endpoint: `${issuer}/oauth/device/code/`,
    })
  })

  test.each([
    'http://sentry.io',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'http://10.0.0.1:9000',
    'http://128.0.0.1',
    'http://127.1.example.org',
    'http://[::2]',
    'ftp://localhost',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'sentry.io',
    '',
  ])('may not be at %j', (sentryUrl) => {
    expect(() => describeAuthorizationServer(sentryUrl)).toThrow(TypeError)
  })
})
