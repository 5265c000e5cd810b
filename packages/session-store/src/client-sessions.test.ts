import { describe, expect, test } from 'vitest'
import type { NewClientSession } from './client-sessions.ts'
import type { DatabaseLocation } from './database/open.ts'
import type { OpenedSession } from './sessions.ts'
import type { SessionStore } from './store.ts'
import {
  absoluteTtl,
  createClock,
  createSignIn,
  describeDatabases,
  idleTtl,
  john,
  openTestStore,
} from './store.fixture.ts'

const inAMonth = new Date('2026-02-01T00:00:00Z')

function describeClient({ user, session }: OpenedSession, changes: Partial<NewClientSession> = {}): NewClientSession {
  const narrowing = { readOnly: false, organizations: null }
  return {
    userId: user.id,
    sessionId: session.id,
    name: 'Nightly report',
    expiresAt: inAMonth,
    ...narrowing,
    ...changes,
  }
}

async function createClient(store: SessionStore, browser: OpenedSession, changes: Partial<NewClientSession> = {}) {
  const created = await store.createClientSession(describeClient(browser, changes))
  if (created === null) throw new Error('No client session was made')
  return created
}

/** Two processes. Two transactions of one thread would wait for each other's lock on an SQLite file. */
async function openStores(name: string, location: DatabaseLocation) {
  const store = await openTestStore(location)
  return [store, name === 'SQLite' ? store : await openTestStore(location)] as const
}

describeDatabases(({ name, createLocation, openFreshStore }) => {
  async function openWithClock() {
    const clock = createClock()
    return { clock, store: await openFreshStore({ clock: clock.read }) }
  }

  describe('a device that signs in by itself', () => {
    const client = { name: 'Build server', expiresAt: inAMonth, readOnly: true, organizations: null }

    test('gets a client session of its own grant, which is listed, revoked and never idle', async () => {
      const { clock, store } = await openWithClock()
      const { opened: browser } = await store.signIn(createSignIn())
      const { secret, opened } = await store.signIn(createSignIn({ client }))
      expect(opened.session).toMatchObject({ kind: 'client', ...client, userId: browser.user.id })
      expect(opened.grant.id).not.toBe(browser.grant.id)
      expect(await store.listSessions(browser.user.id)).toHaveLength(2)

      clock.advance(idleTtl * 2)
      expect(await store.openSession(secret)).toMatchObject({ session: { id: opened.session.id } })
      expect(await store.revokeSession(browser.user.id, opened.session.id)).toBe(true)
      expect(await store.openSession(secret)).toBeNull()
    })

    test('is not signed in under an impossible name, and nothing is kept of it', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const nameless = createSignIn({ client: { ...client, name: '' } })
      await expect(store.signIn(nameless)).rejects.toThrow(RangeError)
      expect(await store.listSessions(opened.user.id)).toHaveLength(1)
    })
  })

  describe('a client session is not made', () => {
    test('from a session that has ended', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const other = await store.signIn(createSignIn())
      await store.endSession(opened.session.id)
      expect(await store.createClientSession(describeClient(opened))).toBeNull()
      expect(await store.listSessions(opened.user.id)).toMatchObject([{ session: other.opened.session }])
    })

    test('from a session that has expired and still lies there', async () => {
      const { clock, store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      clock.advance(absoluteTtl)
      expect(await store.createClientSession(describeClient(opened))).toBeNull()
    })

    test('from the session of another person', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const attacker = await store.signIn(createSignIn({ profile: john }))
      const stolen = describeClient(attacker.opened, { sessionId: opened.session.id })
      expect(await store.createClientSession(stolen)).toBeNull()
    })

    test('from a client session, which could widen itself', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const { session } = await createClient(store, opened, { readOnly: true })
      expect(await store.createClientSession(describeClient({ ...opened, session }))).toBeNull()
    })

    test.each(['', 'x'.repeat(101), 'two\nlines', 'nothing\0'])('with the name %j', async (name) => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      await expect(store.createClientSession(describeClient(opened, { name }))).rejects.toThrow(RangeError)
    })

    test.each(['2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 'never'])('with its end at %s', async (end) => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const expiresAt = new Date(end)
      await expect(store.createClientSession(describeClient(opened, { expiresAt }))).rejects.toThrow(RangeError)
    })
  })

  describe('a client session', () => {
    test('opens with what it was narrowed to, on the grant of the browser', async () => {
      const { clock, store } = await openWithClock()
      const { opened: browser } = await store.signIn(createSignIn())
      const { secret, session } = await createClient(store, browser, { readOnly: true, organizations: ['acme', '42'] })
      expect(session).toMatchObject({
        kind: 'client',
        name: 'Nightly report',
        readOnly: true,
        organizations: ['acme', '42'],
        createdAt: clock.read(),
        expiresAt: inAMonth,
        userAgent: null,
        addressFamily: null,
      })
      expect(await store.openSession(secret)).toMatchObject({ ...browser, session, isNewAgent: false })
    })

    test('narrowed to no organization is not one for all', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const { session } = await createClient(store, opened, { organizations: [] })
      expect(session.organizations).toEqual([])
    })

    test('may rest longer than a browser, and ends when it was said to', async () => {
      const { clock, store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const { secret } = await createClient(store, opened)
      clock.advance(30 * 86_400)
      expect(await store.openSession(secret)).toMatchObject({ session: { idleExpiresAt: inAMonth } })
      clock.advance(86_400)
      expect(await store.openSession(secret)).toBeNull()
    })

    test('lives on when the browser signs out, and ends with the person signing out everywhere', async () => {
      const { store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      const { secret } = await createClient(store, opened)
      await store.endSession(opened.session.id)
      expect(await store.openSession(secret)).not.toBeNull()
      await store.endAllSessions(opened.user.id)
      expect(await store.openSession(secret)).toBeNull()
    })
  })

  describe('listing sessions', () => {
    test('shows those of the person that have not ended, the last used first', async () => {
      const { clock, store } = await openWithClock()
      const first = await store.signIn(createSignIn())
      const second = await store.signIn(createSignIn())
      const client = await createClient(store, first.opened)
      await store.signIn(createSignIn({ profile: john }))
      clock.advance(60)
      await store.openSession(second.secret)
      const listed = await store.listSessions(first.opened.user.id)
      expect(listed.map(({ session }) => session.id)[0]).toBe(second.opened.session.id)
      expect(new Set(listed.map(({ session }) => session.id))).toEqual(
        new Set([first.opened.session.id, second.opened.session.id, client.session.id]),
      )
    })

    test('leaves out the expired, and shows nobody nothing', async () => {
      const { clock, store } = await openWithClock()
      const { opened } = await store.signIn(createSignIn())
      expect(await store.listSessions('nobody')).toEqual([])
      clock.advance(absoluteTtl)
      expect(await store.listSessions(opened.user.id)).toEqual([])
    })
  })

  describe('revoking a session', () => {
    test('is refused for the session of another person, which stays', async () => {
      const { store } = await openWithClock()
      const { secret, opened } = await store.signIn(createSignIn())
      const attacker = await store.signIn(createSignIn({ profile: john }))
      expect(await store.revokeSession(attacker.opened.user.id, opened.session.id)).toBe(false)
      expect(await store.openSession(secret)).not.toBeNull()
    })

    test('ends it at once on every process, and the grant with the last', async () => {
      const location = await createLocation()
      const here = await openTestStore(location)
      const elsewhere = await openTestStore(location)
      const { opened } = await here.signIn(createSignIn())
      const end = new Date(Date.now() + 3_600_000)
      const { secret, session } = await createClient(here, opened, { expiresAt: end })
      await here.endSession(opened.session.id)
      expect(await elsewhere.revokeSession(opened.user.id, session.id)).toBe(true)
      expect(await here.openSession(secret)).toBeNull()
      expect(await here.findGrant(opened.grant.id)).toBeNull()
      expect(await here.revokeSession(opened.user.id, session.id)).toBe(false)
    })
  })

  describe('at the same moment', () => {
    test('the last two sessions of a grant may end, and leave no grant behind', async () => {
      const stores = await openStores(name, await createLocation())
      for (let round = 0; round < 20; round += 1) {
        const { opened } = await stores[0].signIn(createSignIn())
        const end = new Date(Date.now() + 3_600_000)
        const { session } = await createClient(stores[0], opened, { expiresAt: end })
        await Promise.all([stores[0].endSession(opened.session.id), stores[1].endSession(session.id)])
        expect(await stores[0].findGrant(opened.grant.id)).toBeNull()
      }
    })

    test('a client may be made and the browser sign out: what was acknowledged opens', async () => {
      const stores = await openStores(name, await createLocation())
      for (let round = 0; round < 20; round += 1) {
        const { opened } = await stores[0].signIn(createSignIn())
        const input = describeClient(opened, { expiresAt: new Date(Date.now() + 3_600_000) })
        const [created] = await Promise.all([
          stores[0].createClientSession(input),
          stores[1].endSession(opened.session.id),
        ])
        const found = created === null ? null : await stores[1].openSession(created.secret)
        expect(found?.session.id).toBe(created?.session.id)
      }
    })
  })
})
