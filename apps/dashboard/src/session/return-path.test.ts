import { describe, expect, it } from 'vitest'
import { loginPath, readReturnPath, signInUrl } from './return-path.ts'

describe('a return path', () => {
  it.each(['/', '/o/acme', '/o/acme?q=web&view=table', '/graphiql', '/o/acme#teams'])('keeps %s', (path) => {
    expect(readReturnPath(path)).toBe(path)
  })

  it.each([
    null,
    '',
    'o/acme',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/.//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ])('answers %j with the home page, because a browser could be led elsewhere by it', (path) => {
    expect(readReturnPath(path)).toBe('/')
  })

  it.each(['/login', '/login?return_to=/login', '/auth/error?code=x', '/api/auth/login', '/./login'])(
    'does not lead back into signing in by %s',
    (path) => {
      expect(readReturnPath(path)).toBe('/')
    },
  )
})

it('would follow a path with a second slash to another host, were it not refused', () => {
  expect(new URL('//evil.example/', 'http://dashboard.example').host).toBe('evil.example')
})

it('hands the return path to the gateway encoded', () => {
  expect(signInUrl('/o/acme?q=a&b')).toBe('/api/auth/login?return_to=%2Fo%2Facme%3Fq%3Da%26b')
  expect(signInUrl('/')).toBe('/api/auth/login')
  expect(loginPath('/', false)).toBe('/login')
  expect(loginPath('/o/acme', true)).toBe('/login?return_to=%2Fo%2Facme&ended=1')
})
