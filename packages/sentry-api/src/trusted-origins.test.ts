import { describe, expect, test } from 'vitest'
import { createTrustedOrigins } from './trusted-origins.ts'

describe('on sentry.io', () => {
  const { resolve } = createTrustedOrigins('https://sentry.io')

  test.each([
    ['https://de.sentry.io', 'https://de.sentry.io'],
    ['https://de.sentry.io/some/path?x', 'https://de.sentry.io'],
    ['https://sentry.io/', 'https://sentry.io'],
    ['', 'https://sentry.io'],
    [null, 'https://sentry.io'],
  ])('%j is asked at %s', (regionUrl, origin) => {
    expect(resolve(regionUrl)).toBe(origin)
  })

  test.each([
    'http://de.sentry.io',
    'https://de.sentry.io:8443',
    'https://evilsentry.io',
    'https://sentry.io.evil.example',
    'https://de.sentry.io@evil.example',
    'https://user:password@de.sentry.io',
    'https://evil.example/.sentry.io',
    'javascript:alert(1)',
    '//evil.example',
    'de.sentry.io',
  ])('%s never gets the token', (regionUrl) => {
    expect(resolve(regionUrl)).toBeNull()
  })
})

describe('on a server of one’s own', () => {
  const { resolve } = createTrustedOrigins('https://sentry.example.com/', ['https://eu.sentry.example.com'])

  test('its own origin and the added ones are trusted, the regions of sentry.io are not', () => {
    expect(resolve('https://sentry.example.com')).toBe('https://sentry.example.com')
    expect(resolve('https://eu.sentry.example.com/')).toBe('https://eu.sentry.example.com')
    expect(resolve('https://us.sentry.io')).toBeNull()
    expect(resolve('https://other.sentry.example.com')).toBeNull()
  })
})
