import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createFolder,
  createSignIn,
  openTestDatabase,
  openTestStore,
  readSecrets,
  startSigningIn,
} from '../store.fixture.ts'
import { upsertUser } from '../users.ts'
import { migrate } from './migrate.ts'

test('a second run changes nothing', async () => {
  const database = await openTestDatabase()
  const user = await upsertUser(database, createSignIn().profile, new Date())
  await migrate(database)
  expect(await database.selectFrom('users').select('id').execute()).toEqual([{ id: user.id }])
})

test('a failure is thrown', async () => {
  const database = await openTestDatabase()
  await database.schema.dropTable('kysely_migration').execute()
  await expect(migrate(database)).rejects.toThrow('table "users" already exists')
})

test('several processes may start on a new file at once', { timeout: 20_000 }, async () => {
  const path = join(createFolder(), 'store.db')
  const processes = Array.from({ length: 3 }, () => startSigningIn(path, 1))
  const secrets = await Promise.all(processes.map((child) => readFirst(readSecrets(child))))

  const store = await openTestStore({ path })
  for (const secret of secrets) expect(await store.openSession(secret ?? 'none')).not.toBeNull()
})

async function readFirst(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line
  return undefined
}
