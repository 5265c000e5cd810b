import type { SentryOAuth, TokenSet } from '@sentry-graph/sentry-oauth'
import { StoreUnavailableError } from '@sentry-graph/session-store'
import { describe, expect, test } from 'vitest'
import { person } from '../gateway.fixture.ts'
import { closeAfterEach, codeOf, day, gateway, openSession, query, refreshes, signedIn } from './refreshing.fixture.ts'

closeAfterEach()

test('a refresh token that two resets may have used up is sent again once Sentry has taken the access token', async () => {
  const browser = await signedIn()
  gateway().clock.advance(29 * day)
  gateway().sandbox.fault({ path: '/oauth/token/', times: 2 }, 'reset')
  for (const sent of [1, 2, 2, 3]) {
    expect(await codeOf(browser)).toBe('fine')
    expect(refreshes()).toBe(sent)
    gateway().clock.advance(60)
  }
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(3)
})

async function signedInWatched() {
  const { promise: revoked, resolve } = Promise.withResolvers<string>()
  const levers = { isStoreAway: false, beforeRefresh: async () => {} }
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      async refresh(refreshToken) {
        await levers.beforeRefresh()
        return oauth.refresh(refreshToken)
      },
      async revoke(token) {
        const isRevoked = await oauth.revoke(token)
        resolve(token)
        return isRevoked
      },
    },
    store: {
      ...store,
      async replaceTokens(input) {
        if (levers.isStoreAway) throw new StoreUnavailableError({ cause: new Error('disk full') })
        return store.replaceTokens(input)
      },
    },
  }))
  return { browser, levers, revoked }
}

const refresh = async (token: string) => gateway().dependencies.oauth.refresh(token)

describe('a pair that nobody will use', () => {
  test('because the person signed out while Sentry issued it, is revoked', async () => {
    const { browser, levers, revoked } = await signedInWatched()
    const { opened } = await openSession(browser)
    levers.beforeRefresh = () => gateway().dependencies.store.endSession(opened.session.id)
    gateway().clock.advance(29 * day)
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    const token = await revoked
    levers.beforeRefresh = async () => {}
    await expect(refresh(token)).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })

  test('because the person signed out while the store was away, is revoked and forgotten by the next request', async () => {
    const { browser, levers, revoked } = await signedInWatched()
    const { opened } = await openSession(browser)
    gateway().clock.advance(31 * day)
    levers.isStoreAway = true
    expect(await codeOf(browser)).toBe('INTERNAL')
    levers.isStoreAway = false
    await gateway().dependencies.store.endSession(opened.session.id)

    const stranger = gateway().openBrowser()
    await stranger.signIn(person(gateway().sandbox, 'noor').id)
    expect(await codeOf(stranger)).toBe('fine')
    await expect(refresh(await revoked)).rejects.toMatchObject({ oauthError: 'invalid_grant' })
  })
})

/** Real tokens of an application of organization level, as if its owner had chosen their first organization. */
async function issueBound(oauth: SentryOAuth, { accessToken, user }: TokenSet): Promise<TokenSet> {
  const { sandbox } = gateway()
  const headers = { authorization: `Bearer ${accessToken}` }
  const answer = await fetch(`${sandbox.url}/api/0/organizations/`, { headers })
  const [chosen] = (await answer.json()) as { id: string }[]
  const { refreshToken } = sandbox.issueTokens(user?.id ?? '', undefined, { organizationId: chosen?.id ?? null })
  return oauth.refresh(refreshToken)
}

test('the organization that a grant is bound to is told, also after a refresh', async () => {
  const browser = await signedIn(({ oauth }) => ({
    oauth: {
      ...oauth,
      exchangeCode: async (response, verifier) => issueBound(oauth, await oauth.exchangeCode(response, verifier)),
    },
  }))
  const ask = async () => {
    const slugs = 'boundOrganization { id slug }'
    const document = `{ viewer { session { ${slugs} } sessions { ${slugs} } organizations { nodes { id slug } } } }`
    return (await browser.graphql(document)).json().data.viewer
  }
  const expectBound = ({ session, sessions, organizations }: Awaited<ReturnType<typeof ask>>) => {
    expect(organizations.nodes).toHaveLength(1)
    const [boundOrganization] = organizations.nodes
    expect([session, sessions]).toEqual([{ boundOrganization }, [{ boundOrganization }]])
  }
  expectBound(await ask())
  gateway().clock.advance(29 * day)
  const before = refreshes()
  expectBound(await ask())
  expect(refreshes()).toBe(before + 1)
})

test('a grant that is bound to nothing says so', async () => {
  const browser = await signedIn()
  const { data } = (await browser.graphql('{ viewer { session { boundOrganization { slug } } } }')).json()
  expect(data).toEqual({ viewer: { session: { boundOrganization: null } } })
})

test('a pair whose saving was acknowledged to nobody is used, not revoked', async () => {
  let isLost = true
  const revoked: string[] = []
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      async revoke(token) {
        revoked.push(token)
        return true
      },
    },
    store: {
      ...store,
      async replaceTokens(input) {
        const isReplaced = await store.replaceTokens(input)
        if (isLost) throw new StoreUnavailableError({ cause: new Error('connection lost') })
        return isReplaced
      },
    },
  }))
  gateway().clock.advance(31 * day)
  expect(await codeOf(browser)).toBe('INTERNAL')
  isLost = false
  expect(await codeOf(browser)).toBe('fine')
  expect([refreshes(), revoked]).toEqual([1, []])
})

describe('a grant that Sentry has ended', () => {
  test('ends once, and with it the session', async () => {
    const browser = await signedIn()
    gateway().sandbox.revokePerson(person(gateway().sandbox, 'mira').id)
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.graphql(query)))
    expect(refreshes()).toBe(1)
    expect(answers[0]?.json().errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'grant_ended' })
    for (const answer of answers) expect(answer.body).toContain('UNAUTHENTICATED')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })

  test('after two attempts whose answers were lost is asked about once, and not refreshed a third time', async () => {
    const browser = await signedIn()
    gateway().clock.advance(31 * day)
    gateway().sandbox.fault({ path: '/oauth/token/', times: 1 }, 'lost')
    gateway().sandbox.fault({ path: '/oauth/token/', times: 1 }, 'reset')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')

    gateway().sandbox.fault({ path: '/api/0/auth/' }, { status: 503 })
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect((await browser.get('/api/auth/me')).statusCode).toBe(200)

    gateway().sandbox.clearFaults()
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    expect(refreshes()).toBe(2)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })

  test('after an answer that was lost ends with one more attempt', async () => {
    const browser = await signedIn()
    gateway().clock.advance(31 * day)
    gateway().sandbox.fault({ path: '/oauth/token/', times: 1 }, 'lost')
    expect(await codeOf(browser)).toBe('UPSTREAM_UNAVAILABLE')
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
    expect(refreshes()).toBe(2)
    expect((await browser.get('/api/auth/me')).statusCode).toBe(401)
  })
})

test('the loser of a race follows the winner instead of ending the grant', async () => {
  const browser = await signedIn(({ oauth, store }) => ({
    oauth: {
      ...oauth,
      // Another process refreshes and stores its pair while ours is on its way with the same refresh token.
      async refresh(refreshToken) {
        const { accessToken, refreshToken: next, expiresAt, scopes } = await oauth.refresh(refreshToken)
        const grantId = raced.grantId
        await store.replaceTokens({
          grantId,
          version: 1,
          tokens: { accessToken, refreshToken: next },
          expiresAt,
          scopes,
        })
        return oauth.refresh(refreshToken)
      },
    },
    store: {
      ...store,
      async signIn(input) {
        const signedUp = await store.signIn(input)
        raced.grantId = signedUp.opened.grant.id
        return signedUp
      },
    },
  }))
  gateway().clock.advance(29 * day)
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(2)
  expect((await browser.get('/api/auth/me')).statusCode).toBe(200)
})

const raced = { grantId: '' }

test('a pair that could not be stored is stored later, not lost', async () => {
  let isAway = true
  const browser = await signedIn(({ store }) => ({
    store: {
      ...store,
      async replaceTokens(input) {
        if (isAway) throw new StoreUnavailableError({ cause: new Error('disk full') })
        return store.replaceTokens(input)
      },
    },
  }))
  gateway().clock.advance(31 * day)
  expect(await codeOf(browser)).toBe('INTERNAL')
  isAway = false
  expect(await codeOf(browser)).toBe('fine')
  expect(refreshes()).toBe(1)
})
