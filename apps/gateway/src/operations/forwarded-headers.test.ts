import { afterEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

/** Everything that a server behind a proxy might believe. */
const lies = {
  host: 'evil.example',
  forwarded: 'for=198.51.100.7;host=evil.example;proto=https',
  'x-forwarded-for': '198.51.100.7',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '8443',
  'x-forwarded-prefix': '/evil',
  'x-real-ip': '198.51.100.7',
  'x-original-url': '/evil',
  'x-rewrite-url': '/evil',
  'x-http-method-override': 'DELETE',
}

describe.each([
  ['without a proxy', {}],
  ['behind a proxy, which is believed about addresses of clients alone', { TRUST_PROXY: '1' }],
])('%s', (_, settings: Record<string, string>) => {
  test('headers change no link, no cookie and no permission', async () => {
    gateway = await startGateway(settings)
    const [honest, lying] = [
      await gateway.app.inject({ url: '/api/auth/login' }),
      await gateway.app.inject({ url: '/api/auth/login', headers: lies }),
    ]
    const redirectUriOf = ({ headers }: typeof honest) =>
      new URL(headers.location ?? '').searchParams.get('redirect_uri')
    expect(redirectUriOf(lying)).toBe('http://localhost:3001/api/auth/callback')
    expect(redirectUriOf(lying)).toBe(redirectUriOf(honest))
    const described = ({ cookies }: typeof honest) => cookies.map(({ value: _value, ...cookie }) => cookie)
    expect(described(lying)).toEqual(described(honest))
    expect(lying.headers).not.toHaveProperty('strict-transport-security')
    expect(JSON.stringify(lying.headers)).not.toContain('evil')
  })

  test('a whole sign-in under a false name ends where it should', async () => {
    gateway = await startGateway(settings)
    const browser = gateway.openBrowser()
    const callback = await browser.answerAtSentry(
      await browser.begin('/o/kleinwerk'),
      person(gateway.sandbox, 'mira').id,
    )
    const answer = await browser.get(callback, lies)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/o/kleinwerk'])
  })

  test('an origin is not ours because the Host header says so', async () => {
    gateway = await startGateway(settings)
    const browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, 'mira').id)
    const answer = await browser.graphql('{ viewer { id } }', { ...lies, origin: 'https://evil.example' })
    expect([answer.statusCode, answer.json().errors[0].extensions.code]).toEqual([403, 'CSRF'])
    const logout = await browser.post('/api/auth/logout', { ...lies, origin: 'https://evil.example' })
    expect(logout.statusCode).toBe(403)
  })
})

test('without a proxy no header is a way around the rate limit; behind one, what it says is', async () => {
  const statusesOf = async () => {
    const statuses: number[] = []
    for (const address of ['198.51.100.1', '198.51.100.2']) {
      const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` }
      statuses.push((await gateway.app.inject({ url: '/api/auth/me', headers })).statusCode)
    }
    return statuses
  }
  gateway = await startGateway({ AUTH_RATE_LIMIT: '1', TRUST_PROXY: '1' })
  expect(await statusesOf()).toEqual([401, 401])
  await gateway.restart({ TRUST_PROXY: '0' })
  expect(await statusesOf()).toEqual([401, 429])
})
