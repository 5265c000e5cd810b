import { StoreUnavailableError } from '@sentry-graph/session-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway.close())

interface Begun {
  device: string
  userCode: string
  verificationUri: string
  interval: number
}

const post = (url: string, payload: object) => gateway.app.inject({ method: 'POST', url, payload })

const begin = async (options: object = { name: 'Build server' }) =>
  (await post('/api/auth/device', options)).json<Begun>()

/** The next question of a device, after the pause that Sentry asks for. */
function ask(device: string) {
  gateway.sandbox.serverClock.advance(5000)
  return post('/api/auth/device/session', { device })
}

const approve = (userCode: string) =>
  gateway.sandbox.answerDevice(userCode, { personId: person(gateway.sandbox, 'mira').id })

const tokenRequests = () => gateway.sandbox.requests.filter(({ path }) => path === '/oauth/token/')

const viewer = '{ viewer { user { name } session { kind name isReadOnly } } }'

function askGraph(headers: Record<string, string>) {
  return gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload: { query: viewer } })
}

const away = async () => {
  throw new StoreUnavailableError({ cause: new Error('disk I/O error') })
}

describe('a device without a browser', () => {
  test('gets a session of the person who approves it, good as cookie and as bearer', async () => {
    const { device, userCode, verificationUri, interval } = await begin({ name: 'Build server', readOnly: true })
    expect({ verificationUri, interval }).toEqual({
      verificationUri: `${gateway.sandbox.url}/oauth/device/`,
      interval: 5,
    })
    const waiting = await ask(device)
    expect([waiting.statusCode, waiting.json()]).toEqual([202, { status: 'pending', interval: 5 }])

    approve(userCode)
    const answer = await ask(device)
    expect(answer.statusCode).toBe(200)
    const { cookieName, value } = answer.json<{ cookieName: string; value: string }>()
    const expected = {
      user: { name: person(gateway.sandbox, 'mira').name },
      session: { kind: 'CLIENT', name: 'Build server', isReadOnly: true },
    }
    const byCookie = await askGraph({ cookie: `${cookieName}=${value}`, 'graphql-require-preflight': '1' })
    expect(byCookie.json().data.viewer).toEqual(expected)
    const byBearer = await askGraph({ authorization: `Bearer ${value}` })
    expect(byBearer.json().data.viewer).toEqual(expected)
  })

  test('sets no cookie, and stores nothing before somebody approves it', async () => {
    const { device } = await begin()
    const answer = await ask(device)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['cache-control']).toBe('no-store')
    const signedIn = await gateway.openBrowser().signIn(person(gateway.sandbox, 'mira').id)
    expect(signedIn.statusCode).toBe(303)
    const { store } = gateway.dependencies
    const [only, ...more] = gateway.log().filter(({ event }) => event === 'sign_in.completed')
    expect(more).toEqual([])
    expect(await store.listSessions(String(only?.['userId']))).toHaveLength(1)
  })

  test('is told to ask less often', async () => {
    const { device } = await begin()
    await ask(device)
    const hasty = await post('/api/auth/device/session', { device })
    expect([hasty.statusCode, hasty.json()]).toEqual([202, { status: 'pending', interval: 10 }])
  })

  test('brings its person to the gateway’s own page where Sentry signs in no devices', async () => {
    gateway.sandbox.fault({ path: '/oauth/device/code/' }, { status: 404 })
    const answer = await post('/api/auth/device', {})
    expect([answer.statusCode, answer.json()]).toEqual([
      501,
      { error: 'device_unavailable', cookieName: 'sentry_graph', connectUrl: 'http://localhost:3001/sessions' },
    ])
  })
})

describe('a device gets no session', () => {
  test('when its person says no', async () => {
    const { device, userCode } = await begin()
    gateway.sandbox.answerDevice(userCode, 'denied')
    const answer = await ask(device)
    expect([answer.statusCode, answer.json().error]).toEqual([403, 'access_denied'])
  })

  test('a second time for the same approval', async () => {
    const { device, userCode } = await begin()
    approve(userCode)
    expect((await ask(device)).statusCode).toBe(200)
    const again = await ask(device)
    expect([again.statusCode, again.json().error]).toEqual([400, 'device_expired'])
  })

  test('after its time, without another question to Sentry', async () => {
    const { device, userCode } = await begin()
    approve(userCode)
    gateway.clock.advance(601)
    const answer = await post('/api/auth/device/session', { device })
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'device_expired'])
    expect(tokenRequests()).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['something', 'c29tZXRoaW5n;c29tZXRoaW5n'],
    ['another message under its seal', null],
  ])('with %s in the place of its envelope, and Sentry is not asked', async (_, forged) => {
    const { device } = await begin()
    const altered = `${device.slice(0, 20)}${device[20] === 'A' ? 'B' : 'A'}${device.slice(21)}`
    const answer = await post('/api/auth/device/session', { device: forged ?? altered })
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'device_expired'])
    expect(tokenRequests()).toEqual([])
  })

  test('with more than any envelope holds, which is not even opened', async () => {
    const answer = await post('/api/auth/device/session', { device: 'A'.repeat(4097) })
    expect([answer.statusCode, answer.json().error]).toEqual([400, 'bad_request'])
  })

  test('with a cookie in the place of its envelope, nor a browser one with its envelope', async () => {
    const browser = gateway.openBrowser()
    await browser.signIn(person(gateway.sandbox, 'mira').id)
    gateway.sandbox.clearRequests()
    const cookie = decodeURIComponent(browser.cookies.get('sentry_graph') ?? '')
    const answer = await post('/api/auth/device/session', { device: cookie })
    expect([answer.statusCode, tokenRequests()]).toEqual([400, []])

    const { device } = await begin()
    const headers = { cookie: `sentry_graph=${encodeURIComponent(device)}`, 'graphql-require-preflight': '1' }
    expect((await askGraph(headers)).json().data).toEqual({ viewer: null })
  })

  test.each([{ name: '' }, { name: 'x'.repeat(101) }, { name: 'two\nlines' }, { readOnly: 'perhaps' }, { name: null }])(
    'when it asks with %j',
    async (body) => {
      const answer = await post('/api/auth/device', body)
      expect(answer.statusCode).toBe(400)
      expect(gateway.sandbox.requests).toEqual([])
    },
  )

  test('from the page of another site, which cannot send JSON', async () => {
    const headers = { 'content-type': 'text/plain', origin: 'https://evil.example' }
    const answer = await gateway.app.inject({ method: 'POST', url: '/api/auth/device', headers, payload: '{}' })
    expect(answer.statusCode).toBe(415)
    expect(gateway.sandbox.requests).toEqual([])
  })

  test('while Sentry is away', async () => {
    gateway.sandbox.fault({ path: '/oauth/device/code/' }, 'reset')
    const answer = await post('/api/auth/device', {})
    expect([answer.statusCode, answer.json().error]).toEqual([502, 'provider_unavailable'])
  })
})

test('tokens that no session came of are given back to Sentry, also with the store away', async () => {
  await gateway.close()
  const revoked = Promise.withResolvers<string>()
  gateway = await startGateway({}, ({ store, oauth }) => ({
    store: { ...store, signIn: away, oweRevocation: away },
    oauth: {
      ...oauth,
      revoke: async (token) => {
        const isRevoked = await oauth.revoke(token)
        revoked.resolve(token)
        return isRevoked
      },
    },
  }))
  const { device, userCode } = await begin()
  approve(userCode)
  const answer = await ask(device)
  expect([answer.statusCode, answer.json().error]).toEqual([503, 'store_unavailable'])
  await revoked.promise
  expect(gateway.rawLog()).not.toContain(await revoked.promise)
})
