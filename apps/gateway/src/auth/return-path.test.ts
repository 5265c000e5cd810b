import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'
import { readReturnPath } from './return-path.ts'

const publicUrl = 'http://localhost:3001'

const hostile = [
  'https://evil.example',
  'https://evil.example/',
  'http://evil.example:3001/',
  'HTTPS://EVIL.EXAMPLE',
  'https:evil.example',
  'https:/evil.example',
  'https:\\\\evil.example',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '//\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '\t//evil.example',
  ' //evil.example',
  ' https://evil.example',
  '\u0000//evil.example',
  '/\u0000/evil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '/%0d%0aSet-Cookie:%20planted=1',
  '/\r\nSet-Cookie: planted=1',
  '/ok\r\nLocation: https://evil.example',
  '/%2f/evil.example',
  '/%2F%2Fevil.example',
  '/%5cevil.example',
  '/%5C%5Cevil.example',
  '/x/..//evil.example',
  '/./%2e%2e//evil.example',
  '/%2e%2e//evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '//localhost:3001@evil.example',
  'http://localhost:3001@evil.example',
  'http://localhost:3001.evil.example',
  'http://localhost:30011/',
  'http://localhost/',
  'https://localhost:3001/',
  '//person:password@localhost:3001/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'evil.example',
  '@evil.example',
  '.evil.example',
  '?next=//evil.example',
  '#//evil.example',
  '',
  '/／evil.example',
  '/\u2215evil.example',
  `/${'x'.repeat(512)}`,
  '/api/auth/login',
  '/api/auth/login?return_to=/',
  '/x/../api/auth/logout',
  '/%61pi/auth/login',
  '/%61%70%69/auth/callback?code=x&state=y',
  '/a%75th/error?code=access_denied',
  '/%c3',
  '/auth/error?code=access_denied',
  '/graphql?query={viewer{user{name}}}',
]

test.each(hostile)('%j leads nowhere but to the default', (returnTo) => {
  expect(readReturnPath(returnTo, publicUrl)).toBe('/auth/success')
})

test('a browser would follow some of them elsewhere', () => {
  const elsewhere = hostile.filter((returnTo) => URL.parse(returnTo, publicUrl)?.origin !== publicUrl)
  expect(elsewhere.length).toBeGreaterThan(25)
  // This one starts with a single slash, is of our origin, and still leaves once its path is used as an address.
  const { origin, pathname } = new URL('/x/..//evil.example', publicUrl)
  expect(origin).toBe(publicUrl)
  expect(new URL(pathname, publicUrl).host).toBe('evil.example')
})

test.each([
  ['/', '/'],
  ['/o/lumen-freight', '/o/lumen-freight'],
  ['/o/lumen-freight?query=edge%20proxy&cursor=0:100:0#top', '/o/lumen-freight?query=edge%20proxy&cursor=0:100:0#top'],
  ['/graphiql', '/graphiql'],
  ['/o/a/../b', '/o/b'],
  ['/o/a?next=https://evil.example', '/o/a?next=https://evil.example'],
])('%s is a destination', (returnTo, path) => {
  expect(readReturnPath(returnTo, publicUrl)).toBe(path)
})

test('nothing asked for is the default', () => {
  expect(readReturnPath(null, publicUrl)).toBe('/auth/success')
})

describe('through the whole sign-in', () => {
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await startGateway()
  })

  afterAll(() => gateway.close())

  test('a wish is granted', async () => {
    const callback = await gateway.openBrowser().signIn(person(gateway.sandbox, 'mira').id, '/o/kleinwerk?query=web')
    expect(callback.headers.location).toBe('/o/kleinwerk?query=web')
  })

  test('no hostile wish is, and no header comes with it', async () => {
    const browser = gateway.openBrowser()
    for (const returnTo of hostile) {
      const callback = await browser.signIn(person(gateway.sandbox, 'mira').id, returnTo)
      expect([returnTo, callback.statusCode, callback.headers.location]).toEqual([returnTo, 303, '/auth/success'])
      expect(callback.cookies.map(({ name }) => name)).not.toContain('planted')
    }
  })
})
