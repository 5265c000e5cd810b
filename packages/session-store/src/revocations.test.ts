import { describe, expect, test } from 'vitest'
import {
  createClock,
  createSignIn,
  describeDatabases,
  idleTtl,
  jane,
  john,
  openTestDatabase,
  openTestStore,
} from './store.fixture.ts'
import type { SessionStore } from './store.ts'

const { sentryHost } = jane
const { refreshToken } = createSignIn().tokens
const minute = 60
const week = 7 * 24 * 60 * minute

/** Everything that is due, in the order in which it comes. */
async function claimAll(store: SessionStore, host = sentryHost): Promise<string[]> {
  const tokens = []
  for (let owed = await store.claimRevocation(host); owed !== null; owed = await store.claimRevocation(host)) {
    tokens.push(owed.token)
  }
  return tokens
}

describeDatabases(({ createLocation, openFreshStore }) => {
  describe('a pair that nobody uses any more is owed to Sentry', () => {
    test('after a sign-out, and by its refresh token', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      expect(await store.claimRevocation(sentryHost)).toBeNull()
      await store.endSession(opened.session.id)
      expect(await store.claimRevocation(sentryHost)).toEqual({ id: opened.grant.id, token: refreshToken })
    })

    test('by its access token where it has no other', async () => {
      const store = await openFreshStore()
      const tokens = { accessToken: 'alone', refreshToken: null }
      const { opened } = await store.signIn(createSignIn({ tokens }))
      await store.revokeSession(opened.user.id, opened.session.id)
      expect(await claimAll(store)).toEqual(['alone'])
    })

    test('after signing out everywhere, for every grant of the person and for no other', async () => {
      const store = await openFreshStore()
      const sign = (name: string, profile = jane) =>
        store.signIn(createSignIn({ profile, tokens: { accessToken: name, refreshToken: null } }))
      const { opened } = await sign('laptop')
      await sign('phone')
      await sign('stranger', john)
      await store.endAllSessions(opened.user.id)
      expect((await claimAll(store)).toSorted()).toEqual(['laptop', 'phone'])
    })

    test('after another sign-in of the same browser', async () => {
      const store = await openFreshStore()
      const { secret } = await store.signIn(createSignIn())
      await store.signIn(createSignIn({ formerSecret: secret, profile: john }))
      expect(await claimAll(store)).toEqual([refreshToken])
    })

    test('after its session has expired', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      clock.advance(idleTtl)
      expect(await store.openSession(secret)).toBeNull()
      expect(await claimAll(store)).toEqual([refreshToken])
    })

    test('when no grant came of it', async () => {
      const store = await openFreshStore()
      const pairs = [
        { accessToken: 'first', refreshToken: 'unused' },
        { accessToken: 'alone', refreshToken: null },
      ]
      for (const tokens of pairs) await store.oweRevocation({ sentryHost, tokens })
      expect(await claimAll(store, 'elsewhere.example')).toEqual([])
      expect((await claimAll(store)).toSorted()).toEqual(['alone', 'unused'])
    })

    test('in its newest version', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const tokens = { accessToken: 'newer', refreshToken: 'newest' }
      await store.replaceTokens({ grantId: opened.grant.id, version: 1, tokens, expiresAt: null, scopes: [] })
      await store.endSession(opened.session.id)
      expect(await claimAll(store)).toEqual(['newest'])
    })
  })

  describe('a pair is not owed', () => {
    test('while another session uses it', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const client = { name: 'script', readOnly: true, organizations: null, expiresAt: new Date(Date.now() + 60_000) }
      await store.createClientSession({ userId: opened.user.id, sessionId: opened.session.id, ...client })
      await store.endSession(opened.session.id)
      expect(await claimAll(store)).toEqual([])
    })

    test('when Sentry has ended it', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      await store.endGrant(opened.grant.id, 1)
      expect(await claimAll(store)).toEqual([])
    })

    test('to another Sentry than its own', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      await store.endSession(opened.session.id)
      expect(await claimAll(store, 'sentry.example.com')).toEqual([])
      expect(await claimAll(store)).toEqual([refreshToken])
    })

    test('when no secret opens it, and the person is signed out all the same', async () => {
      const location = await createLocation()
      const { secret, opened } = await (await openTestStore(location)).signIn(createSignIn())
      const store = await openTestStore(location, { secrets: ['another secret, also of more than 32 characters'] })
      await store.endSession(opened.session.id)
      expect(await store.openSession(secret)).toBeNull()
      expect(await claimAll(store)).toEqual([])
    })
  })

  /** One pair that is owed, and two processes that could tell Sentry. */
  async function owe() {
    const location = await createLocation()
    const clock = createClock()
    const store = await openTestStore(location, { clock: clock.read })
    const { opened } = await store.signIn(createSignIn())
    await store.endSession(opened.session.id)
    return { location, clock, store, other: await openTestStore(location, { clock: clock.read }), opened }
  }

  describe('what is owed', () => {
    test('is given to one of many who ask at once', async () => {
      const { store, other } = await owe()
      const asked = Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 === 0 ? store : other).claimRevocation(sentryHost),
      )
      expect((await Promise.all(asked)).filter((owed) => owed !== null)).toHaveLength(1)
    })

    test('comes again when nobody says that it is done, ever more rarely, up to once an hour', async () => {
      const { clock, store } = await owe()
      const pauses = []
      for (let tries = 0; tries < 9; tries += 1) {
        let paused = 0
        for (; (await store.claimRevocation(sentryHost)) === null; paused += 1) clock.advance(minute)
        pauses.push(paused)
      }
      expect(pauses).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60])
    })

    test('is forgotten once it is settled', async () => {
      const { location, clock, store, other, opened } = await owe()
      await store.claimRevocation(sentryHost)
      await store.settleRevocation(opened.grant.id)
      clock.advance(60 * minute)
      expect(await claimAll(other)).toEqual([])
      expect(await readRows(location)).toEqual([])
    })

    test('is forgotten after a week, whichever Sentry it is owed to', async () => {
      const { location, clock, store } = await owe()
      clock.advance(week - 1)
      expect(await claimAll(store, 'sentry.example.com')).toEqual([])
      expect(await readRows(location)).toHaveLength(1)
      clock.advance(1)
      expect(await claimAll(store, 'sentry.example.com')).toEqual([])
      expect(await readRows(location)).toEqual([])
    })

    test('can be read by nobody in the database, and opens in no other row', async () => {
      const { location, clock, store } = await owe()
      const database = await openTestDatabase(location)
      const [row] = await readRows(location)
      expect(row?.token).toMatch(/^v1\./)
      expect(JSON.stringify(row)).not.toContain(refreshToken)

      await database.updateTable('revocations').set({ id: 'another' }).execute()
      expect(await claimAll(store)).toEqual([])
      await database
        .updateTable('revocations')
        .set({ id: row?.id ?? '', user_id: 'another' })
        .execute()
      clock.advance(60 * minute)
      expect(await claimAll(store)).toEqual([])
      await database
        .updateTable('revocations')
        .set({ user_id: row?.user_id ?? '' })
        .execute()
      clock.advance(60 * minute)
      expect(await claimAll(store)).toEqual([refreshToken])
    })
  })
})

async function readRows(location: Parameters<typeof openTestDatabase>[0]) {
  return (await openTestDatabase(location)).selectFrom('revocations').selectAll().execute()
}
