import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type CompiledQuery, Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder } from '../store.fixture.ts'
import { openSqlite } from './sqlite.ts'
import { shareInTurn, TurnSnapshot } from './turn-snapshot.ts'

interface NotesTable {
  text: string
}

async function openNotes() {
  const path = join(createFolder(), 'store.db')
  const database = new Kysely<{ notes: NotesTable }>({ dialect: openSqlite(path) })
  const elsewhere = new DatabaseSync(path)
  onTestFinished(async () => {
    elsewhere.close()
    await database.destroy()
  })
  await database.schema.createTable('notes').addColumn('text', 'text').execute()
  const query = () => database.selectFrom('notes').select('text').compile()
  const run = async (compiled: CompiledQuery<NotesTable>) =>
    (await database.executeQuery(compiled)).rows.map(({ text }) => text)
  const read = () => run(shareInTurn(query()))
  const readAlone = () => run(query())
  const write = (text: string) => database.insertInto('notes').values({ text }).execute()
  const writeElsewhere = (text: string) => elsewhere.prepare('insert into notes values (?)').run(text)
  return { database, elsewhere, read, readAlone, write, writeElsewhere }
}

test('shared reads of one turn see the same, those of the next what another process has written meanwhile', async () => {
  const { read, writeElsewhere } = await openNotes()
  expect(await read()).toEqual([])
  writeElsewhere('meanwhile')
  expect(await read()).toEqual([])
  await nextTurn()
  expect(await read()).toEqual(['meanwhile'])
})

test('a write is seen by the next read of its turn, and with it what was written elsewhere', async () => {
  const { read, write, writeElsewhere } = await openNotes()
  expect(await read()).toEqual([])
  writeElsewhere('elsewhere')
  await write('here')
  expect(await read()).toEqual(['elsewhere', 'here'])
})

test('a read that is not shared sees what another process has just written, and so does the next that is', async () => {
  const { read, readAlone, writeElsewhere } = await openNotes()
  expect(await read()).toEqual([])
  writeElsewhere('just now')
  expect(await readAlone()).toEqual(['just now'])
  expect(await read()).toEqual(['just now'])
})

test('a transaction sees what was written before it began', async () => {
  const { database, read, writeElsewhere } = await openNotes()
  expect(await read()).toEqual([])
  writeElsewhere('before')
  const seen = await database
    .transaction()
    .execute((transaction) => transaction.selectFrom('notes').select('text').execute())
  expect(seen).toEqual([{ text: 'before' }])
})

test('a snapshot keeps the log from being cleared for one turn only', async () => {
  const { elsewhere, read, writeElsewhere } = await openNotes()
  const clear = () => elsewhere.prepare('pragma wal_checkpoint(truncate)').get()
  await read()
  writeElsewhere('held back')
  expect(clear()).toMatchObject({ busy: 1 })
  await nextTurn()
  expect(clear()).toMatchObject({ busy: 0 })
})

test('after a read that failed nobody else reads in its snapshot', async () => {
  const { elsewhere, read } = await openNotes()
  elsewhere.exec('alter table notes rename to lost')
  await expect(read()).rejects.toThrow('no such table')
  elsewhere.exec('alter table lost rename to notes')
  expect(await read()).toEqual([])
})

test('a read that ends its transaction by failing says why it failed', async () => {
  const database = new DatabaseSync(':memory:')
  onTestFinished(() => database.close())
  const failed = new TurnSnapshot(database).read(async () => {
    database.exec('rollback')
    throw new Error('the disk is full')
  })
  await expect(failed).rejects.toThrow('the disk is full')
})

test('a database can be closed in the turn of a read', async () => {
  const database = new Kysely<{ notes: NotesTable }>({ dialect: openSqlite(join(createFolder(), 'store.db')) })
  await database.schema.createTable('notes').addColumn('text', 'text').execute()
  await database.executeQuery(shareInTurn(database.selectFrom('notes').selectAll().compile()))
  await expect(database.destroy()).resolves.toBeUndefined()
  // What was to happen at the end of the turn would fail the run.
  await nextTurn()
})
