import { expect, test } from 'vitest'
import { describeDatabases, createClock, jane, john } from './store.fixture.ts'
import { upsertUser } from './users.ts'

describeDatabases(({ openFreshTables }) => {
  test('a person who comes back is the same user with the newest description', async () => {
    const database = await openFreshTables()
    const clock = createClock()
    const first = await upsertUser(database, jane, clock.read())
    clock.advance(60)
    const second = await upsertUser(database, { ...jane, name: 'Jane Roe', email: null }, clock.read())
    expect(second).toEqual({
      ...jane,
      id: first.id,
      name: 'Jane Roe',
      email: null,
      createdAt: first.createdAt,
      updatedAt: clock.read(),
    })
    expect(await database.selectFrom('users').selectAll().execute()).toHaveLength(1)
  })

  test('the same id at another Sentry is another person', async () => {
    const database = await openFreshTables()
    const here = await upsertUser(database, jane, new Date())
    const there = await upsertUser(database, { ...jane, sentryHost: 'sentry.example.org' }, new Date())
    expect(there.id).not.toBe(here.id)
  })

  test('the e-mail address is no key: two people may share one', async () => {
    const database = await openFreshTables()
    const one = await upsertUser(database, jane, new Date())
    const other = await upsertUser(database, { ...john, email: jane.email }, new Date())
    expect(other.id).not.toBe(one.id)
  })
})
