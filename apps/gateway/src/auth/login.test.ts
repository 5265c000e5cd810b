import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

beforeEach(async () => {
  gateway = await startGateway()
})

afterEach(() => gateway.close())

test('a page is sent to Sentry with a challenge and a fresh state', async () => {
  const browser = gateway.openBrowser()
  const [first, second] = [new URL(await browser.begin()), new URL(await browser.begin())]
  expect(first.origin + first.pathname).toBe(`${gateway.sandbox.url}/oauth/authorize/`)
  expect(Object.fromEntries(first.searchParams)).toMatchObject({
    response_type: 'code',
    redirect_uri: 'http://localhost:3001/api/auth/callback',
    scope: 'org:read project:read team:read member:read event:read',
    code_challenge_method: 'S256',
  })
  expect(first.searchParams.get('state')).toMatch(/^[\w-]{43}$/)
  expect(second.searchParams.get('state')).not.toBe(first.searchParams.get('state'))
  expect(second.searchParams.get('code_challenge')).not.toBe(first.searchParams.get('code_challenge'))
})

test('a program gets the address instead', async () => {
  const answer = await gateway.openBrowser().getJson('/api/auth/login')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({ authUrl: expect.stringContaining(`${gateway.sandbox.url}/oauth/authorize/?`) })
})

test('starting writes nothing to the store', async () => {
  const asked: PropertyKey[] = []
  const watched = await startGateway({}, ({ store }) => ({
    store: new Proxy(store, {
      get(target, method) {
        asked.push(method)
        return Reflect.get(target, method)
      },
    }),
  }))
  asked.length = 0
  expect(await watched.openBrowser().begin()).toContain('/oauth/authorize/')
  expect(asked).toEqual([])
  await watched.close()
})

test('what the request claims about its host changes nothing about the redirect URI', async () => {
  const headers = {
    host: 'evil.example',
    forwarded: 'host=evil.example;proto=https',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  }
  const { location } = (await gateway.openBrowser().get('/api/auth/login', headers)).headers
  expect(new URL(location ?? '').searchParams.get('redirect_uri')).toBe('http://localhost:3001/api/auth/callback')
})

describe('called by another loopback name', () => {
  const headers = { host: '127.0.0.1:3001' }

  test('a page first moves to the name that Sentry will return to', async () => {
    const browser = gateway.openBrowser()
    const answer = await browser.get('/api/auth/login?return_to=/o/kleinwerk', headers)
    expect(answer.statusCode).toBe(302)
    expect(answer.headers.location).toBe('http://localhost:3001/api/auth/login?return_to=%2Fo%2Fkleinwerk')
    expect(browser.cookies.size).toBe(0)
  })

  test('a program is told to begin there', async () => {
    const answer = await gateway.openBrowser().get('/api/auth/login', { ...headers, accept: 'application/json' })
    expect(answer.json().authUrl).toBe('http://localhost:3001/api/auth/login?return_to=%2Fauth%2Fsuccess')
  })

  test.each(['localhost:9999', 'evil.example', '', ':', '[::1'])('%j is not such a name', async (host) => {
    const { location } = (await gateway.openBrowser().get('/api/auth/login', { host })).headers
    expect(location).toContain('/oauth/authorize/')
  })
})

test('ten tabs can finish, in any order', async () => {
  const browser = gateway.openBrowser()
  const mira = person(gateway.sandbox, 'mira')
  const begun: string[] = []
  for (let tab = 0; tab < 10; tab++) begun.push(await browser.begin(`/o/tab-${tab}`))
  for (const [tab, url] of [...begun.entries()].toReversed()) {
    const callback = await browser.get(await browser.answerAtSentry(url, mira.id))
    expect(callback.headers.location).toBe(`/o/tab-${tab}`)
  }
})

test('sixty abandoned sign-ins fit into the cookies of one request, and the last ones still work', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(gateway.sandbox, 'mira').id)
  let url = ''
  for (let tab = 0; tab < 60; tab++)
    url = await browser.begin(`/o/${'organization-'.repeat(4)}${tab}?query=${'q'.repeat(300)}`)
  expect(browser.cookieHeader().cookie?.length).toBeLessThan(4096)
  const callback = await browser.get(await browser.answerAtSentry(url, person(gateway.sandbox, 'mira').id))
  expect(callback.headers.location).toContain('organization-59')
})

test.each(['HEAD', 'POST', 'PUT', 'DELETE'] as const)('%s begins nothing', async (method) => {
  const answer = await gateway.openBrowser().send({ method, url: '/api/auth/login' })
  expect(answer.statusCode).toBe(404)
  expect(answer.cookies).toEqual([])
})
