import { afterEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const first = 'the first secret of thirty-two characters or more'
const second = 'the second secret of thirty-two characters or more'

async function signedIn(settings: Record<string, string> = {}) {
  gateway = await startGateway(settings)
  const browser = gateway.openBrowser()
  const callback = await browser.signIn(person(gateway.sandbox, 'mira').id)
  return { browser, callback, value: browser.cookies.get('sentry_graph') ?? '' }
}

const statusWith = async (cookie: string) =>
  (await gateway.app.inject({ url: '/api/auth/me', headers: { cookie } })).statusCode

test('on http loopback the cookies have plain names and every other protection', async () => {
  const { callback } = await signedIn()
  const cookie = callback.cookies.find(({ name }) => name === 'sentry_graph')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 30 * 86_400 })
  expect(cookie).not.toHaveProperty('domain')
  expect(cookie).not.toHaveProperty('secure')
})

test('on https they are bound to the host', async () => {
  gateway = await startGateway({ PUBLIC_URL: 'https://graph.example.com' })
  const [cookie, ...others] = (await gateway.openBrowser().get('/api/auth/login')).cookies
  expect(cookie).toMatchObject({ name: '__Host-sentry_graph_sign_in', secure: true, httpOnly: true, path: '/' })
  expect(cookie).not.toHaveProperty('domain')
  expect(others).toEqual([])
})

test('the session cookie is small, and nothing of the person is in it', async () => {
  const { value } = await signedIn()
  expect(value.length).toBeLessThan(250)
  const opened = gateway.app.decodeSecureSession(decodeURIComponent(value), gateway.app.log, 'sessionCookie')
  expect(Object.keys(opened?.data() ?? {})).toEqual(['secret'])
  expect(opened?.get('secret')).toMatch(/^[\w-]{43}$/)
})

describe('is not believed', () => {
  test('with any one character changed', async () => {
    const { value } = await signedIn()
    expect(await statusWith(`sentry_graph=${value}`)).toBe(200)
    const statuses = new Set<number>()
    for (let index = 0; index < value.length; index++) {
      for (const other of ['A', 'b', '.', '%']) {
        if (value[index] === other) continue
        statuses.add(await statusWith(`sentry_graph=${value.slice(0, index)}${other}${value.slice(index + 1)}`))
      }
    }
    expect([...statuses]).toEqual([401])
  })

  test('in another spelling of the same bytes, which a lenient decoder would open', async () => {
    const { value } = await signedIn()
    const decoded = decodeURIComponent(value)
    const respelled = decoded.replace(';', '*;')
    expect(gateway.app.decodeSecureSession(respelled, gateway.app.log, 'sessionCookie')).not.toBeNull()
    expect(await statusWith(`sentry_graph=${encodeURIComponent(respelled)}`)).toBe(401)
  })

  test('as nonsense', async () => {
    const nonsense = [
      '',
      ';',
      'x',
      '%',
      '%3B',
      'AAAA%3BAAAA',
      '%00',
      `${'A'.repeat(4000)}%3BAAAA`,
      '"quoted"',
      '{"secret":"x"}',
    ]
    await signedIn()
    for (const value of nonsense) expect([value, await statusWith(`sentry_graph=${value}`)]).toEqual([value, 401])
  })

  test('when it is the sign-in cookie under the name of the session cookie, or the other way around', async () => {
    const { browser, value } = await signedIn()
    const callback = await browser.answerAtSentry(await browser.begin(), person(gateway.sandbox, 'mira').id)
    expect(await statusWith(`sentry_graph=${browser.cookies.get('sentry_graph_sign_in')}`)).toBe(401)
    const answer = await gateway.app.inject({ url: callback, headers: { cookie: `sentry_graph_sign_in=${value}` } })
    expect(answer.headers.location).toContain('code=state_missing')
  })

  test('beside another of the same name', async () => {
    const { browser, value } = await signedIn()
    const thief = gateway.openBrowser()
    await thief.signIn(person(gateway.sandbox, 'noor').id)
    const planted = thief.cookies.get('sentry_graph')
    expect(await statusWith(`sentry_graph=${value}; sentry_graph=${planted}`)).toBe(401)
    expect(await statusWith(`sentry_graph=${planted}; sentry_graph=${value}`)).toBe(401)
    expect(await statusWith(`sentry_graph=${value}; sentry_graph=${value}`)).toBe(200)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
    expect(gateway.log()).toContainEqual(expect.objectContaining({ event: 'cookie.refused', cookie: 'sentry_graph' }))
  })

  test.each(['sentry_graph =', 'sentry_graph\t=', ' sentry_graph  = '])(
    'beside another that is written as %j, which the parser of cookies reads as well',
    async (written) => {
      const { value } = await signedIn()
      const thief = gateway.openBrowser()
      await thief.signIn(person(gateway.sandbox, 'noor').id)
      const planted = thief.cookies.get('sentry_graph')
      expect(gateway.app.parseCookie(`${written}${planted}`)).toHaveProperty('sentry_graph')
      expect(await statusWith(`${written}${planted}; sentry_graph=${value}`)).toBe(401)
      expect(await statusWith(`sentry_graph=${value}; ${written}${planted}`)).toBe(401)
    },
  )

  test('when sealed with a secret that is not ours', async () => {
    const { value } = await signedIn({ SESSION_SECRET: first })
    await gateway.restart({ SESSION_SECRET: second })
    expect(await statusWith(`sentry_graph=${value}`)).toBe(401)
  })
})

test('a rotated secret signs nobody out, and the cookie is sealed anew', async () => {
  const { value } = await signedIn({ SESSION_SECRET: first })
  await gateway.restart({ SESSION_SECRET: `${second},${first}` })
  const browser = gateway.openBrowser()
  browser.cookies.set('sentry_graph', value)
  expect((await browser.graphql('{ viewer { organizations { nodes { slug } } } }')).json().errors).toBeUndefined()
  expect(browser.cookies.get('sentry_graph')).not.toBe(value)
})

test('sessions end by the server’s clock, idle or not', async () => {
  const { browser } = await signedIn({ SESSION_IDLE_TTL: '1000', SESSION_ABSOLUTE_TTL: '3000' })
  for (let used = 0; used < 3; used++) {
    gateway.clock.advance(900)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
  }
  gateway.clock.advance(301)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(401)

  await browser.signIn(person(gateway.sandbox, 'mira').id)
  gateway.clock.advance(1001)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
})
