import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { person, startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let browser: Browser

beforeEach(async () => {
  gateway = await startGateway()
  browser = await signedIn('mira')
})

afterEach(() => gateway.close())

async function signedIn(name: 'mira' | 'noor'): Promise<Browser> {
  const opened = gateway.openBrowser()
  await opened.signIn(person(gateway.sandbox, name).id)
  return opened
}

const create = (input: string) => `mutation { createClientSession(input: { ${input} }) {
  __typename
  ... on CreateClientSessionPayload {
    value cookieName session { id kind name isCurrent expiresAt isReadOnly userAgent organizations { slug } }
  }
  ... on UserError { message }
  ... on InvalidInputError { field }
  ... on NotFoundError { ids }
} }`

const revoke = (id: string) => `mutation { revokeSession(input: { sessionId: "${id}" }) {
  __typename ... on RevokeSessionPayload { sessionId } ... on NotFoundError { ids }
} }`

async function run(document: string, asker = browser) {
  const { data, errors } = (await asker.graphql(document)).json()
  expect(errors).toBeUndefined()
  return data
}

async function listSessions(asker = browser) {
  const { viewer } = await run(
    '{ viewer { sessions { id kind name isCurrent userAgent addressFamily newAgent { since formerUserAgent } scopes } } }',
    asker,
  )
  return viewer.sessions
}

describe('a client session', () => {
  test('is made with its value, which is told this once', async () => {
    const { createClientSession: made } = await run(
      create('name: " nightly report ", expiresIn: "30d", isReadOnly: true'),
    )
    const expiresAt = new Date(gateway.clock.now.getTime() + 30 * 86_400_000).toISOString()
    expect(made).toMatchObject({
      __typename: 'CreateClientSessionPayload',
      cookieName: 'sentry_graph',
      session: {
        kind: 'CLIENT',
        name: 'nightly report',
        isCurrent: false,
        expiresAt,
        isReadOnly: true,
        organizations: null,
      },
    })
    expect(made.value.length).toBeGreaterThan(40)
    const listed = await browser.graphql('{ viewer { sessions { id name kind } } }')
    expect(listed.json().data.viewer.sessions).toContainEqual({
      id: made.session.id,
      name: 'nightly report',
      kind: 'CLIENT',
    })
    expect(listed.body).not.toContain(made.value)
    expect(gateway.rawLog()).not.toContain(made.value)
  })

  test('is refused to whoever has a hundred, until one of them has ended', async () => {
    const many = Array.from(
      { length: 26 },
      (_, index) => `a${index}: createClientSession(input: { name: "x", expiresIn: "1h" }) {
      ... on CreateClientSessionPayload { session { id } }
    }`,
    )
    const answers = []
    for (let turn = 0; turn < 4; turn += 1)
      answers.push((await browser.graphql(`mutation { ${many.join(' ')} }`)).json())
    const { data, errors } = answers[3]
    expect(Object.values(data).filter((made) => made !== null)).toHaveLength(22)
    expect(errors).toHaveLength(4)
    expect(errors[0].extensions.code).toBe('RATE_LIMITED')
    expect((await run('{ viewer { sessions { id } } }')).viewer.sessions).toHaveLength(101)
    await run(revoke(data.a0.session.id))
    expect((await run(create('name: "one", expiresIn: "1h"'))).createClientSession.value).toMatch(/^sgc_/)
  })

  test('is narrowed to organizations that the person sees', async () => {
    const { viewer } = await run('{ viewer { organizations { nodes { id slug } } } }')
    const [first] = viewer.organizations.nodes
    const { createClientSession: made } = await run(
      create(`name: "one", expiresIn: "1h", organizationIds: ["${first.id}"]`),
    )
    expect(made.session.organizations).toEqual([{ slug: first.slug }])
  })

  test.each([
    ['name', 'name: "   ", expiresIn: "1h"'],
    ['name', 'name: "a\\u0000b", expiresIn: "1h"'],
    ['name', `name: "${'x'.repeat(101)}", expiresIn: "1h"`],
    ['expiresIn', 'name: "x", expiresIn: "59s"'],
    ['expiresIn', 'name: "x", expiresIn: "366d"'],
    ['organizationIds', 'name: "x", expiresIn: "1h", organizationIds: []'],
  ])('with an impossible %s is refused as data: %s', async (field, input) => {
    const { createClientSession: refusal } = await run(create(input))
    expect(refusal).toMatchObject({ __typename: 'InvalidInputError', field })
    expect(await listSessions()).toHaveLength(1)
  })

  test('of organizations that are not the person’s is refused as data', async () => {
    const noor = await signedIn('noor')
    const { viewer } = await run('{ viewer { organizations { nodes { id slug } } } }', noor)
    const own = (await run('{ viewer { organizations { nodes { slug } } } }')).viewer.organizations.nodes
    const slugs = own.map(({ slug }: { slug: string }) => slug)
    const [foreign] = viewer.organizations.nodes.filter(({ slug }: { slug: string }) => !slugs.includes(slug))
    const ids = [...(foreign === undefined ? [] : [foreign.id]), 'nonsense']
    const input = `name: "x", expiresIn: "1h", organizationIds: ${JSON.stringify(ids)}`
    const { createClientSession: refusal } = await run(create(input))
    expect(refusal).toMatchObject({ __typename: 'NotFoundError', ids })
  })
})

describe('the list of sessions', () => {
  test('tells the current one, and where another agent turned up', async () => {
    await signedIn('noor')
    const other = await signedIn('mira')
    await other.graphql('{ viewer { id } }', { 'graphql-require-preflight': '1', 'user-agent': 'curl/8.5.0' })
    const listed = await listSessions()
    expect(listed).toHaveLength(2)
    expect(listed.filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toHaveLength(1)
    expect(listed).toContainEqual(
      expect.objectContaining({
        kind: 'BROWSER',
        isCurrent: false,
        userAgent: 'curl/8.5.0',
        addressFamily: 'IPV4',
        newAgent: { since: gateway.clock.now.toISOString(), formerUserAgent: 'lightMyRequest' },
        scopes: expect.arrayContaining(['org:read']),
      }),
    )
  })

  test('is nobody’s when signed out', async () => {
    expect(await run('{ viewer { sessions { id } } }', gateway.openBrowser())).toEqual({ viewer: null })
  })
})

describe('revoking a session', () => {
  test('ends it at once, and no other', async () => {
    const other = await signedIn('mira')
    const { id } = (await listSessions(other)).find(({ isCurrent }: { isCurrent: boolean }) => isCurrent)
    expect((await run(revoke(id))).revokeSession).toEqual({ __typename: 'RevokeSessionPayload', sessionId: id })
    expect((await other.get('/api/auth/me')).statusCode).toBe(401)
    expect(await listSessions()).toHaveLength(1)
    expect((await run(revoke(id))).revokeSession).toEqual({ __typename: 'NotFoundError', ids: [id] })
  })

  test('of somebody else does nothing', async () => {
    const noor = await signedIn('noor')
    const [{ id }] = await listSessions(noor)
    expect((await run(revoke(id))).revokeSession).toEqual({ __typename: 'NotFoundError', ids: [id] })
    expect((await noor.get('/api/auth/me')).statusCode).toBe(200)
  })

  test('of one’s own makes the browser forget its cookie', async () => {
    const [{ id }] = await listSessions()
    await run(revoke(id))
    expect(browser.cookies.has('sentry_graph')).toBe(false)
  })
})

describe('signing out', () => {
  test('ends the session, deletes the cookie and tells Sentry', async () => {
    const thief = gateway.openBrowser()
    thief.cookies.set('sentry_graph', browser.cookies.get('sentry_graph') ?? '')
    const other = await signedIn('mira')
    expect(await run('mutation { signOut { ... on SignOutPayload { everywhere } } }')).toEqual({
      signOut: { everywhere: false },
    })
    expect(browser.cookies.has('sentry_graph')).toBe(false)
    expect((await thief.get('/api/auth/me')).statusCode).toBe(401)
    expect((await other.get('/api/auth/me')).statusCode).toBe(200)
    const revoked = () => gateway.log().filter(({ event }) => event === 'tokens.revoked')
    await vi.waitFor(() => expect(revoked()).toHaveLength(1), { timeout: 10_000 })
  })

  test('everywhere ends all sessions of the person', async () => {
    const other = await signedIn('mira')
    const stranger = await signedIn('noor')
    await run('mutation { signOut(input: { everywhere: true }) { ... on SignOutPayload { everywhere } } }')
    expect((await other.get('/api/auth/me')).statusCode).toBe(401)
    expect((await stranger.get('/api/auth/me')).statusCode).toBe(200)
  })

  test('asks for somebody who is signed in', async () => {
    const answer = await gateway.openBrowser().graphql('mutation { signOut { __typename } }')
    expect(answer.json()).toMatchObject({
      data: { signOut: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    expect(answer.cookies).toEqual([])
  })
})
