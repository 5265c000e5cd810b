import { describe, expect, test } from 'vitest'
import { buildPath, buildQuery } from './request-path.ts'
import { SentryApiError } from './sentry-api-error.ts'

const template = '/api/0/organizations/{org}/projects/'

const concatenated = (org: string) => new URL(`https://sentry.io/api/0/organizations/${org}/projects/`).pathname

function refusal(org: string): unknown {
  try {
    return buildPath(template, { org })
  } catch (error) {
    return error
  }
}

describe('paths', () => {
  test('put together by concatenation, a value climbs out of its place and reaches another endpoint', () => {
    expect(concatenated('../users/me/api-tokens?')).toBe('/api/0/users/me/api-tokens')
    expect(concatenated('..')).toBe('/api/0/projects/')
    // Percent-encoding alone does not help against dots: URL parsers read %2e as a dot.
    expect(concatenated('%2e%2e')).toBe('/api/0/projects/')
  })

  test.each([
    ['acme/../../users', '/api/0/organizations/acme%2F..%2F..%2Fusers/projects/'],
    ['acme?query=x#y', '/api/0/organizations/acme%3Fquery%3Dx%23y/projects/'],
    ['%2e%2e', '/api/0/organizations/%252e%252e/projects/'],
    ['web@2.3.0+1', '/api/0/organizations/web%402.3.0%2B1/projects/'],
    ['...', '/api/0/organizations/.../projects/'],
    ['a\\b', '/api/0/organizations/a%5Cb/projects/'],
  ])('keep %j one segment, also after a URL parser has read them', (org, path) => {
    expect(buildPath(template, { org })).toBe(path)
    expect(new URL(path, 'https://sentry.io').pathname).toBe(path)
  })

  test.each([
    ['an empty value', ''],
    ['a dot', '.'],
    ['two dots', '..'],
    ['a NUL', 'acme\0'],
    ['half of a surrogate pair', '\ud800'],
    ['an endless value', 'a'.repeat(251)],
  ])('refuse %s', (_, org) => {
    expect(refusal(org)).toMatchObject({ code: 'invalid_path_segment', endpoint: template })
  })

  test('refuse a missing value', () => {
    expect(() => buildPath(template, {})).toThrow(SentryApiError)
  })

  test('say nothing of the value they refuse', () => {
    expect(String(refusal('secret\0'))).not.toContain('secret')
  })
})

describe('queries', () => {
  test('repeat lists, leave out what is missing and encode the rest', () => {
    const query = {
      per_page: 2,
      cursor: '0:2:0',
      project: ['1', '2'],
      query: 'a&b=c d',
      detailed: null,
      sort: undefined,
    }
    expect(buildQuery(query)).toBe('?per_page=2&cursor=0%3A2%3A0&project=1&project=2&query=a%26b%3Dc+d')
  })

  test('are nothing when nothing is asked', () => {
    expect(buildQuery()).toBe('')
    expect(buildQuery({ query: null })).toBe('')
  })
})
