import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { createPostgresDatabase, startPostgres } from './postgres-server.ts'

function folderOf(url: string): string {
  return new URL(url).searchParams.get('host') ?? 'none'
}

const countTables = "select count(*)::int as tables from pg_tables where schemaname = 'public'"

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<object>(sql)
    return rows
  } finally {
    await client.end()
  }
}

test(
  'a server makes databases that begin empty and can be cleared, and leaves nothing when it is stopped',
  { timeout: 60_000 },
  async () => {
    const server = await startPostgres()
    const database = await createPostgresDatabase(server.url)
    expect(await run(database.url, countTables)).toEqual([{ tables: 0 }])
    await run(database.url, 'create table notes (text text)')
    expect(await run(database.url, countTables)).toEqual([{ tables: 1 }])
    await database.clear()
    expect(await run(database.url, countTables)).toEqual([{ tables: 0 }])
    await database.drop()
    await expect(new Client(database.url).connect()).rejects.toMatchObject({ code: '3D000' })
    await server.stop()
    expect(existsSync(folderOf(server.url))).toBe(false)
  },
)

test('a server ends with the process that started it, also when that is killed', { timeout: 60_000 }, async () => {
  const child = fork(join(import.meta.dirname, 'postgres-server.fixture.ts'))
  const [url] = (await once(child, 'message')) as [string]
  expect(existsSync(folderOf(url))).toBe(true)
  child.kill('SIGKILL')
  await vi.waitUntil(() => !existsSync(folderOf(url)), { timeout: 30_000 })
})
