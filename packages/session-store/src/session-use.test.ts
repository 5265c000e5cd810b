import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import type { DatabaseLocation } from './database/open.ts'
import type { StoreUnavailableError } from './errors.ts'
import {
  createClock,
  createSignIn,
  describeDatabases,
  idleTtl,
  openTestDatabase,
  openTestStore,
} from './store.fixture.ts'

const firefox = { userAgent: 'Mozilla/5.0', addressFamily: 'ipv4' } as const
const curl = { userAgent: 'curl/8', addressFamily: 'ipv6' } as const

/** A database that answers and takes no writes to sessions, as one does whose disk is full. Returns how to end that. */
async function refuseWrites(location: DatabaseLocation) {
  const database = await openTestDatabase(location)
  const run = (text: string) => sql.raw(text).execute(database)
  if (location.path !== undefined) {
    for (const event of ['insert', 'update', 'delete']) {
      await run(
        `create trigger refuse_${event} before ${event} on sessions begin select raise(abort, 'disk full'); end`,
      )
    }
    return async () => {
      for (const event of ['insert', 'update', 'delete']) await run(`drop trigger refuse_${event}`)
    }
  }
  await run(`create function refuse() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$`)
  await run('create trigger refuse before insert or update or delete on sessions execute function refuse()')
  return () => run('drop trigger refuse on sessions')
}

describeDatabases(({ createLocation, openFreshStore }) => {
  async function openReported() {
    const location = await createLocation()
    const clock = createClock()
    const report = vi.fn<(error: StoreUnavailableError) => void>()
    const store = await openTestStore(location, { clock: clock.read, report })
    return { location, clock, report, store }
  }

  test('to look at a session is no use of it, and shows none that has expired', async () => {
    const { clock, store } = await openReported()
    const { secret, opened } = await store.signIn(createSignIn())
    clock.advance(idleTtl - 1)
    expect(await store.peekSession(secret)).toMatchObject(opened)
    clock.advance(1)
    expect(await store.peekSession(secret)).toBeNull()
    expect(await store.peekSession('none')).toBeNull()
  })

  describe('a database that takes no writes', () => {
    test('fails a sign-in, and none of those who are signed in', async () => {
      const { location, clock, report, store } = await openReported()
      const { secret, opened } = await store.signIn(createSignIn())
      const accept = await refuseWrites(location)
      clock.advance(120)
      await expect(store.signIn(createSignIn())).rejects.toMatchObject({ code: 'store_unavailable' })
      expect(await store.openSession(secret)).toMatchObject(opened)
      expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'store_unavailable' }))

      await accept()
      clock.advance(10)
      const used = await store.openSession(secret)
      expect(used?.session.lastUsedAt).toEqual(clock.read())
    })

    test('is not tried again and reported at every request', async () => {
      const { location, clock, report, store } = await openReported()
      const { secret } = await store.signIn(createSignIn())
      await refuseWrites(location)
      clock.advance(120)
      for (let request = 0; request < 20; request += 1) expect(await store.openSession(secret)).not.toBeNull()
      expect(report).toHaveBeenCalledTimes(1)
      clock.advance(10)
      await store.openSession(secret)
      expect(report).toHaveBeenCalledTimes(2)
    })

    test('revives no session that has expired', async () => {
      const { location, clock, report, store } = await openReported()
      const { secret } = await store.signIn(createSignIn())
      const accept = await refuseWrites(location)
      clock.advance(idleTtl)
      expect(await store.openSession(secret)).toBeNull()
      expect(report).toHaveBeenCalledTimes(1)

      await accept()
      expect(await store.openSession(secret)).toBeNull()
      clock.advance(-idleTtl)
      expect(await store.openSession(secret)).toBeNull()
    })

    test('does not acknowledge a sign-out', async () => {
      const { location, store } = await openReported()
      const { opened } = await store.signIn(createSignIn())
      await refuseWrites(location)
      await expect(store.endSession(opened.session.id)).rejects.toMatchObject({ code: 'store_unavailable' })
    })
  })

  describe('where a session is used from', () => {
    test('is kept from the sign-in on', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn({ addressFamily: 'ipv6' }))
      expect(opened.session).toMatchObject({ userAgent: 'Mozilla/5.0', addressFamily: 'ipv6' })
    })

    test('is told when it becomes another agent, once, and at once', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      expect(await store.openSession(secret, firefox)).toMatchObject({ isNewAgent: false, session: { newAgent: null } })
      clock.advance(1)
      expect(await store.openSession(secret, curl)).toMatchObject({
        isNewAgent: true,
        session: { ...curl, lastUsedAt: clock.read() },
      })
      const newAgent = { since: clock.read(), formerUserAgent: firefox.userAgent }
      expect((await store.openSession(secret))?.session.newAgent).toEqual(newAgent)
      clock.advance(120)
      expect((await store.openSession(secret, curl))?.session.newAgent).toEqual(newAgent)
      expect(await store.openSession(secret, curl)).toMatchObject({ isNewAgent: false, session: curl })
    })

    test('is told to one of many requests that come at once', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      clock.advance(1)
      const opened = await Promise.all(Array.from({ length: 20 }, () => store.openSession(secret, curl)))
      expect(opened.filter((session) => session?.isNewAgent)).toHaveLength(1)
      expect(opened.every((session) => session !== null)).toBe(true)
    })

    test('is no news for an agent too long to be kept', async () => {
      const store = await openFreshStore()
      const endless = 'x'.repeat(10_000)
      const { secret } = await store.signIn(createSignIn({ userAgent: endless }))
      const opened = await store.openSession(secret, { userAgent: endless, addressFamily: null })
      expect(opened).toMatchObject({ isNewAgent: false })
    })

    test('is left as it is by who does not say', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn({ addressFamily: 'ipv4' }))
      clock.advance(60)
      expect(await store.openSession(secret)).toMatchObject({ session: firefox, isNewAgent: false })
    })
  })
})
