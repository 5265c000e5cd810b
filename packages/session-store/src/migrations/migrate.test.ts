import { once } from 'node:events'
import { expect, test } from 'vitest'
import { describeDatabases, createSignIn, readSecrets, startSigningIn, openTestStore } from '../store.fixture.ts'
import { upsertUser } from '../users.ts'
import { migrate } from './migrate.ts'

describeDatabases(({ createLocation, openFreshTables }) => {
  test('a second run changes nothing', async () => {
    const database = await openFreshTables()
    const user = await upsertUser(database, createSignIn().profile, new Date())
    await migrate(database)
    expect(await database.selectFrom('users').select('id').execute()).toEqual([{ id: user.id }])
  })

  test('a failure is thrown', async () => {
    const database = await openFreshTables()
    await database.schema.dropTable('kysely_migration').execute()
    await expect(migrate(database)).rejects.toThrow(/"users" already exists/)
  })

  test('several processes may start on a new database at once', async () => {
    const location = await createLocation()
    const processes = Array.from({ length: 3 }, () => startSigningIn(location, 1))
    const exits = processes.map((child) => once(child, 'exit'))
    const secrets = await Promise.all(processes.map((child) => readFirst(readSecrets(child))))
    await Promise.all(exits)

    const store = await openTestStore(location)
    for (const secret of secrets) expect(await store.openSession(secret ?? 'none')).not.toBeNull()
  })
})

async function readFirst(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line
  return undefined
}
