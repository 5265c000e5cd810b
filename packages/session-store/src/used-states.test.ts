import { expect, test } from 'vitest'
import { describeDatabases, createClock, openTestStore } from './store.fixture.ts'
import { consumeState } from './used-states.ts'

describeDatabases(({ createLocation, openFreshStore, openFreshTables }) => {
  const now = new Date('2026-01-01T00:00:00Z')
  const inTenMinutes = new Date('2026-01-01T00:10:00Z')

  test('a state is used once', async () => {
    const store = await openFreshStore({ clock: () => now })
    expect(await store.consumeState('state', inTenMinutes)).toBe(true)
    expect(await store.consumeState('state', inTenMinutes)).toBe(false)
    expect(await store.consumeState('other state', inTenMinutes)).toBe(true)
  })

  test('of many who use a state at once through two connections, one may', async () => {
    const location = await createLocation()
    const stores = [await openTestStore(location), await openTestStore(location)]
    const expiresAt = new Date(Date.now() + 600_000)
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => stores.map((store) => store.consumeState('state', expiresAt))).flat(),
    )
    expect(outcomes.filter(Boolean)).toHaveLength(1)
  })

  test('a used state stays used when the store is opened again', async () => {
    const location = await createLocation()
    const store = await openTestStore(location, { clock: () => now })
    await store.consumeState('state', inTenMinutes)
    await store.close()
    const reopened = await openTestStore(location, { clock: () => now })
    expect(await reopened.consumeState('state', inTenMinutes)).toBe(false)
  })

  test('a state that has expired cannot be used, neither first nor again', async () => {
    const clock = createClock()
    const store = await openFreshStore({ clock: clock.read })
    expect(await store.consumeState('state', inTenMinutes)).toBe(true)
    clock.advance(600)
    expect(await store.consumeState('state', inTenMinutes)).toBe(false)
    expect(await store.consumeState('never used', inTenMinutes)).toBe(false)
  })

  test('records of expired states are swept, and hold no state', async () => {
    const database = await openFreshTables()
    await consumeState(database, 'first', inTenMinutes, now)
    await consumeState(database, 'second', new Date('2026-01-01T01:00:00Z'), inTenMinutes)
    const rows = await database.selectFrom('used_states').selectAll().execute()
    expect(rows).toEqual([{ state_hash: expect.stringMatching(/^[\w-]{43}$/) as string, expires_at: 1767229200000 }])
  })
})
