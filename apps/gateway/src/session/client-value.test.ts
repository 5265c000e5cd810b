import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let browser: Browser

beforeEach(async () => {
  gateway = await startGateway({ SESSION_SECRET: 'the first secret of thirty-two characters or more' })
  browser = await signedIn('mira')
})

afterEach(() => gateway.close())

async function signedIn(name: 'mira' | 'noor'): Promise<Browser> {
  const opened = gateway.openBrowser()
  await opened.signIn(person(gateway.sandbox, name).id)
  return opened
}

async function connectClient(terms = '', owner = browser): Promise<string> {
  const answer = await owner.graphql(
    `mutation { createClientSession(input: { name: "script", expiresIn: "90d" ${terms} }) {
      ... on CreateClientSessionPayload { value }
    } }`,
  )
  return answer.json().data.createClientSession.value
}

type Headers = Record<string, string>

const ask = (query: string, headers: Headers) =>
  gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload: { query } })

async function nameOf(headers: Headers): Promise<string | null> {
  const { data } = (await ask('{ viewer { user { name } } }', headers)).json()
  return data.viewer?.user.name ?? null
}

const meant = { 'graphql-require-preflight': '1' }
const asBearer = (value: string) => ({ authorization: `Bearer ${value}` })
const asCookie = (value: string) => ({ cookie: `sentry_graph=${value}`, ...meant })

const regionOf = ({ region }: { region: string }) => region

describe('a client session’s value', () => {
  test('opens it as a bearer without more, and as a cookie with the proof that every cookie needs', async () => {
    const value = await connectClient()
    expect(await nameOf(asBearer(value))).toBe('Mira Lindqvist')
    expect(await nameOf({ authorization: `bearer  ${value}` })).toBe('Mira Lindqvist')
    expect(await nameOf(asCookie(value))).toBe('Mira Lindqvist')
    const unproven = await ask('{ viewer { id } }', { cookie: `sentry_graph=${value}` })
    expect([unproven.statusCode, unproven.json().errors[0].extensions.code]).toEqual([403, 'CSRF'])
    const me = await gateway.app.inject({ url: '/api/auth/me', headers: asBearer(value) })
    expect(me.json().user.name).toBe('Mira Lindqvist')
  })

  test('tells of no limits where the person asks for organizations that it is narrowed to do without', async () => {
    const list = await browser.graphql(
      '{ viewer { organizations { nodes { id slug region { url } projects { nodes { id } } } } } }',
    )
    const [own, ...others] = list.json().data.viewer.organizations.nodes
    expect(others.some(({ region }: typeof own) => region.url !== own.region.url)).toBe(true)
    const limits = '{ rateLimit { endpoints { endpoint region } } }'
    const whole = (await browser.graphql(limits)).json().data.rateLimit.endpoints.map(regionOf)
    expect(new Set(whole)).toContain(new URL(others[0].region.url).host)
    const narrowed = asBearer(await connectClient(`organizationIds: ["${own.id}"]`))
    expect((await ask(limits, narrowed)).json().data.rateLimit).toBeNull()
    const afresh = { ...narrowed, 'cache-control': 'no-cache' }
    await ask('{ viewer { organizations { nodes { projects { nodes { id } } } } } }', afresh)
    const seen = (await ask(limits, narrowed)).json().data.rateLimit.endpoints
    expect(seen.map(({ endpoint }: { endpoint: string }) => endpoint)).toContain('/api/0/organizations/{org}/projects/')
    expect(new Set(seen.map(regionOf))).not.toContain(new URL(others[0].region.url).host)
  })

  test('reaches Sentry', async () => {
    const answer = await ask('{ viewer { organizations { nodes { slug } } } }', asBearer(await connectClient()))
    expect(answer.json().data.viewer.organizations.nodes).toHaveLength(3)
  })

  test('outlives the keys that seal the browsers’ cookies', async () => {
    const value = await connectClient()
    await gateway.restart({
      SESSION_SECRET: 'the second secret of thirty-two characters,the first secret of thirty-two characters or more',
    })
    expect(await nameOf(asBearer(value))).toBe('Mira Lindqvist')
    expect(await nameOf(asCookie(value))).toBe('Mira Lindqvist')
    await gateway.restart({ SESSION_SECRET: 'the second secret of thirty-two characters' })
    expect(await nameOf(asBearer(value))).toBe('Mira Lindqvist')
    expect(await nameOf(asCookie(value))).toBe('Mira Lindqvist')
  })

  test('lives as long as was agreed, also longer than a browser’s cookie', async () => {
    const value = await connectClient()
    gateway.clock.advance(90 * 86_400 - 1)
    expect(await nameOf(asBearer(value))).toBe('Mira Lindqvist')
    gateway.clock.advance(1)
    expect(await nameOf(asBearer(value))).toBeNull()
  })

  test('is dead at once when its owner revokes it', async () => {
    const value = await connectClient()
    const { viewer } = (await browser.graphql('{ viewer { sessions { id kind } } }')).json().data
    const { id } = viewer.sessions.find(({ kind }: { kind: string }) => kind === 'CLIENT')
    await browser.graphql(`mutation { revokeSession(input: { sessionId: "${id}" }) { __typename } }`)
    expect(await nameOf(asBearer(value))).toBeNull()
    expect(await nameOf(asCookie(value))).toBeNull()
  })

  test('opens nothing with any one character changed', async () => {
    const value = await connectClient()
    const names = new Set<string | null>()
    for (let index = 0; index < value.length; index++) {
      const changed = `${value.slice(0, index)}${value[index] === 'A' ? 'B' : 'A'}${value.slice(index + 1)}`
      names.add(await nameOf(asBearer(changed)))
      names.add(await nameOf(asCookie(changed)))
    }
    expect([...names]).toEqual([null])
  })

  test('is never read from an address', async () => {
    const value = await connectClient()
    for (const parameter of ['access_token', 'token', 'session', 'sentry_graph', 'authorization']) {
      const query = new URLSearchParams({ [parameter]: value, query: '{ viewer { id } }' })
      const answer = await gateway.app.inject({ url: `/graphql?${query}` })
      expect(answer.json()).toMatchObject({ data: { viewer: null } })
    }
    expect(gateway.rawLog()).not.toContain(value)
  })
})

describe('of the two credentials', () => {
  test('a browser’s opens as no bearer: neither its cookie nor the secret in it', async () => {
    const sealed = decodeURIComponent(browser.cookies.get('sentry_graph') ?? '')
    const secret = gateway.app.decodeSecureSession(sealed, gateway.app.log, 'sessionCookie')?.get('secret')
    expect(await gateway.dependencies.store.openSession(secret)).not.toBeNull()
    for (const value of [sealed, secret, `sgc_${secret}`]) expect(await nameOf(asBearer(value))).toBeNull()
    expect(await nameOf(asCookie(`sgc_${secret}`))).toBeNull()
  })

  test('the bearer alone counts where both are sent, whether it opens something or not', async () => {
    const cookie = `sentry_graph=${browser.cookies.get('sentry_graph')}`
    const value = await connectClient('', await signedIn('noor'))
    expect(await nameOf({ cookie, ...meant })).toBe('Mira Lindqvist')
    expect(await nameOf({ cookie, ...asBearer(value) })).toMatch(/^Noor/)
    for (const spoilt of ['Bearer', 'Bearer ', 'bearer x', `Bearer ${value}x`, 'BEARER\tx']) {
      expect([spoilt, await nameOf({ cookie, ...meant, authorization: spoilt })]).toEqual([spoilt, null])
      expect([spoilt, await nameOf({ cookie, authorization: spoilt })]).toEqual([spoilt, null])
    }
  })

  test('another scheme, such as that of a proxy before us, leaves the cookie and its proof as they are', async () => {
    const cookie = `sentry_graph=${browser.cookies.get('sentry_graph')}`
    const authorization = `Basic ${Buffer.from('user:password').toString('base64')}`
    expect(await nameOf({ cookie, ...meant, authorization })).toBe('Mira Lindqvist')
    expect((await ask('{ viewer { id } }', { cookie, authorization })).statusCode).toBe(403)
  })

  test('a bearer that signs out leaves the cookie beside it alone', async () => {
    const cookie = `sentry_graph=${browser.cookies.get('sentry_graph')}`
    const signOut = 'mutation { signOut { ... on SignOutPayload { everywhere } } }'
    const byGraph = await ask(signOut, { cookie, ...asBearer(await connectClient()) })
    expect([byGraph.json(), byGraph.cookies]).toEqual([
      { ...byGraph.json(), data: { signOut: { everywhere: false } } },
      [],
    ])
    const headers = { cookie, ...asBearer(await connectClient()) }
    const byRest = await gateway.app.inject({ method: 'POST', url: '/api/auth/logout', headers })
    expect([byRest.statusCode, byRest.cookies]).toEqual([200, []])
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
    expect((await browser.graphql('{ viewer { sessions { id } } }')).json().data.viewer.sessions).toHaveLength(1)
  })
})

describe('a client session reaches no further than itself', () => {
  test.each(['', ', isReadOnly: true'])('and can make no other, nor see or end others: %s', async (terms) => {
    const headers = asBearer(await connectClient(terms))
    const { viewer } = (await ask('{ viewer { session { id } sessions { id } } }', headers)).json().data
    expect(viewer.sessions).toEqual([viewer.session])
    const others = (await browser.graphql('{ viewer { sessions { id kind } } }')).json().data.viewer.sessions
    const own = others.find(({ kind }: { kind: string }) => kind === 'BROWSER')
    const attempts = [
      'createClientSession(input: { name: "wider", expiresIn: "1d" }) { __typename }',
      `revokeSession(input: { sessionId: "${own.id}" }) { __typename }`,
      'signOut(input: { everywhere: true }) { __typename }',
    ]
    for (const attempt of attempts) await ask(`mutation { ${attempt} }`, headers)
    const logout = { method: 'POST' as const, url: '/api/auth/logout?everywhere=1', headers }
    expect((await gateway.app.inject(logout)).statusCode).toBe(403)
    const after = (await browser.graphql('{ viewer { sessions { id kind } } }')).json().data.viewer.sessions
    expect(after).toHaveLength(2)
  })

  test('but can end itself, also when it may only read', async () => {
    const value = await connectClient(', isReadOnly: true')
    const { id } = (await ask('{ viewer { session { id } } }', asBearer(value))).json().data.viewer.session
    await ask(`mutation { revokeSession(input: { sessionId: "${id}" }) { __typename } }`, asBearer(value))
    expect(await nameOf(asBearer(value))).toBeNull()
    const other = await connectClient(', isReadOnly: true')
    await ask('mutation { signOut { __typename } }', asBearer(other))
    expect(await nameOf(asBearer(other))).toBeNull()
  })
})
