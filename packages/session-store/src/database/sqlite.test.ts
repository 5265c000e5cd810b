import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createFolder } from '../store.fixture.ts'
import { openSqlite, refuseOldSqlite } from './sqlite.ts'

interface NotesTable {
  text: string
  written_at: number
}

function openNotes(path: string): Kysely<{ notes: NotesTable }> {
  const database = new Kysely<{ notes: NotesTable }>({ dialect: openSqlite(path) })
  onTestFinished(() => database.destroy())
  return database
}

async function createNotes(path: string) {
  const database = openNotes(path)
  await sql`create table notes (text text, written_at integer)`.execute(database)
  return database
}

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

describe('the database file', () => {
  test('is readable by its owner only, and so are the files beside it and a folder made for it', async () => {
    const folder = join(createFolder(), 'made', 'here')
    const path = join(folder, 'store.db')
    await createNotes(path)
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual(['600', '600', '600'])
    expect(mode(folder)).toBe('700')
  })

  test('is closed to others when it was open to them', () => {
    const path = join(createFolder(), 'store.db')
    writeFileSync(path, '', { mode: 0o644 })
    chmodSync(path, 0o644)
    openNotes(path)
    expect(mode(path)).toBe('600')
  })

  test('is not made for a database in memory', async () => {
    await createNotes(':memory:')
    expect(existsSync(':memory:')).toBe(false)
  })
})

describe('a connection', () => {
  test('reads each value under its own name, also when another process has added columns meanwhile', async () => {
    const path = join(createFolder(), 'store.db')
    const database = await createNotes(path)
    await database.insertInto('notes').values({ text: 'one', written_at: 1 }).execute()
    const read = () => sql`select notes.*, 'last' as place from notes`.execute(database)
    expect((await read()).rows).toEqual([{ text: 'one', written_at: 1, place: 'last' }])
    const other = new DatabaseSync(path)
    other.exec("alter table notes add column colour text default 'red'")
    other.close()
    expect((await read()).rows).toEqual([{ text: 'one', written_at: 1, colour: 'red', place: 'last' }])
  })

  test('has commits on disk before they are acknowledged, and enforces foreign keys', async () => {
    const database = openNotes(join(createFolder(), 'store.db'))
    const read = async (pragma: string) => (await sql.raw(`pragma ${pragma}`).execute(database)).rows[0]
    expect(await read('journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(await read('synchronous')).toEqual({ synchronous: 2 })
    expect(await read('foreign_keys')).toEqual({ foreign_keys: 1 })
    expect(await read('busy_timeout')).toEqual({ timeout: 5_000 })
  })

  test('refuses a Date, which SQLite would take for named parameters and shift the rest', async () => {
    const database = await createNotes(':memory:')
    const plain = new DatabaseSync(':memory:')
    plain.exec('create table notes (text text, written_at integer)')
    plain.prepare('insert into notes values (?, ?)').run(new Date() as never, 'shifted')
    expect(plain.prepare('select * from notes').get()).toEqual({ text: 'shifted', written_at: null })

    const written = database
      .insertInto('notes')
      .values({ text: new Date() as never, written_at: 1 })
      .execute()
    await expect(written).rejects.toThrow(TypeError)
  })

  test('refuses the time of an invalid Date, which SQLite would store as null', async () => {
    const database = await createNotes(':memory:')
    const plain = new DatabaseSync(':memory:')
    expect(plain.prepare('select ? as written_at').get(Number.NaN)).toEqual({ written_at: null })

    const written = database.insertInto('notes').values({ text: 'never', written_at: Number.NaN }).execute()
    await expect(written).rejects.toThrow(TypeError)
  })

  test('streams rows', async () => {
    const database = await createNotes(':memory:')
    await database.insertInto('notes').values({ text: 'streamed', written_at: 1 }).execute()
    const texts: string[] = []
    for await (const { text } of database.selectFrom('notes').select('text').stream()) texts.push(text)
    expect(texts).toEqual(['streamed'])
  })
})

describe('a transaction', () => {
  test('that waits with its lock until it writes fails when somebody else wrote between', async () => {
    const path = join(createFolder(), 'store.db')
    await createNotes(path)
    const [reader, writer] = [new DatabaseSync(path), new DatabaseSync(path)]
    reader.exec('begin; select * from notes')
    reader.prepare('select count(*) from notes').get()
    writer.exec("insert into notes values ('between', 1)")
    expect(() => reader.exec("insert into notes values ('late', 2)")).toThrow('database is locked')
    reader.exec('rollback')
    reader.close()
    writer.close()
  })

  test('of ours holds the lock from its beginning, so that it can write what it decided', async () => {
    const path = join(createFolder(), 'store.db')
    const database = await createNotes(path)
    const writer = new DatabaseSync(path, { timeout: 0 })
    await database.transaction().execute(async (transaction) => {
      await transaction.selectFrom('notes').selectAll().execute()
      expect(() => writer.exec("insert into notes values ('between', 1)")).toThrow('database is locked')
      await transaction.insertInto('notes').values({ text: 'decided', written_at: 1 }).execute()
    })
    expect(writer.prepare('select text from notes').all()).toEqual([{ text: 'decided' }])
    writer.close()
  })

  test('that SQLite ends by itself, as with a full disk, fails with the reason', async () => {
    const database = await createNotes(':memory:')
    await sql`create trigger full before insert on notes begin select raise(rollback, 'disk is full'); end`.execute(
      database,
    )
    const written = database
      .transaction()
      .execute((transaction) => transaction.insertInto('notes').values({ text: 'lost', written_at: 1 }).execute())
    await expect(written).rejects.toThrow('disk is full')
    expect(await database.selectFrom('notes').selectAll().execute()).toEqual([])
  })

  test('undoes a migration that fails half-way', async () => {
    const database = openNotes(':memory:')
    const failing = {
      async up(schema: Kysely<unknown>) {
        await sql`create table half (id integer)`.execute(schema)
        throw new Error('the process ends here')
      },
    }
    const provider = { getMigrations: async () => ({ '0001': failing }) }
    const { error } = await new Migrator({ db: database, provider }).migrateToLatest()
    expect(error).toBeInstanceOf(Error)
    const tables = await database.introspection.getTables()
    expect(tables.map(({ name }) => name)).not.toContain('half')
  })
})

describe('the version of SQLite', () => {
  test.each(['3.51.3', '3.53.4', '3.100.0', '4.0.0'])('may be %s', (version) => {
    expect(() => refuseOldSqlite(version)).not.toThrow()
  })

  test.each(['3.51.2', '3.9.9', '3.50.40', '2.99.99'])('may not be %s', (version) => {
    expect(() => refuseOldSqlite(version)).toThrow(expect.objectContaining({ code: 'unsupported_sqlite' }))
  })
})
