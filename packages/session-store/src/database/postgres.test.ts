import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { sql } from 'kysely'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { StoreUnavailableError } from '../errors.ts'
import { openSessionStore } from '../store.ts'
import {
  absoluteTtl,
  createFolder,
  createPostgresLocation,
  createSignIn,
  idleTtl,
  openTestDatabase,
  openTestStore,
  sealingSecret,
  startServer,
} from '../store.fixture.ts'

beforeAll(startServer, 60_000)

const socketName = '.s.PGSQL.5432'

/** A wire between the store and the server that can be cut, and that can go silent. */
async function createWire(url: string) {
  const folder = createFolder()
  const wire = new URL(url)
  const target = join(wire.searchParams.get('host') ?? '', socketName)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = createConnection(target)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
    return near
  })
  await new Promise<void>((resolve) => server.listen(join(folder, socketName), resolve))
  const destroyAll = () => sockets.forEach((socket) => socket.destroy())
  onTestFinished(async () => {
    destroyAll()
    await server[Symbol.asyncDispose]()
  })
  wire.searchParams.set('host', folder)
  return {
    url: wire.href,
    connections: () => sockets.size / 2,
    cut() {
      isCut = true
      destroyAll()
    },
    mend() {
      isCut = false
    },
    silence: () => sockets.forEach((socket) => socket.unpipe().pause()),
  }
}

describe('a connection', () => {
  test('ends long statements and forgotten transactions, and gives times as numbers', async () => {
    const database = await openTestDatabase(await createPostgresLocation())
    const { rows } = await sql`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as transaction,
        1767225600000::bigint as time`.execute(database)
    expect(rows).toEqual([{ statement: '5s', transaction: '10s', time: 1_767_225_600_000 }])
  })

  test('of which there are at most ten, is waited for', async () => {
    const wire = await createWire((await createPostgresLocation()).url)
    const store = await openTestStore(wire)
    const { secret } = await store.signIn(createSignIn())
    const opened = await Promise.all(Array.from({ length: 200 }, () => store.openSession(secret)))
    expect(opened.every((session) => session !== null)).toBe(true)
    expect(wire.connections()).toBe(10)
  })
})

describe('a server that goes away', () => {
  test('is reported, is no end of a session, and is found again by itself', async () => {
    const report = vi.fn<(error: StoreUnavailableError) => void>()
    const wire = await createWire((await createPostgresLocation()).url)
    const store = await openTestStore(wire, { report })
    const { secret, opened } = await store.signIn(createSignIn())

    wire.cut()
    await vi.waitUntil(() => report.mock.calls.length > 0)
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'store_unavailable' }))
    await expect(store.openSession(secret)).rejects.toMatchObject({ code: 'store_unavailable' })
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' })

    wire.mend()
    expect(await store.openSession(secret)).toMatchObject(opened)
  })

  test('and falls silent is given up, and its connections are not used again', async () => {
    const wire = await createWire((await createPostgresLocation()).url)
    const store = await openTestStore({ url: `${wire.url}&query_timeout=300` })
    const { secret, opened } = await store.signIn(createSignIn())
    wire.silence()
    await expect(store.openSession(secret)).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await store.openSession(secret)).toMatchObject(opened)
  })

  test('between two statements of a transaction ends neither the process nor keeps half of it', async () => {
    const location = await createPostgresLocation()
    const wire = await createWire(location.url)
    const database = await openTestDatabase(wire)
    const begun = database.transaction().execute(async (transaction) => {
      await transaction.insertInto('used_states').values({ state_hash: 'half', expires_at: 1 }).execute()
      wire.cut()
      await vi.waitUntil(() => wire.connections() === 0)
      await transaction.selectFrom('users').select('id').execute()
    })
    await expect(begun).rejects.toThrow('Connection terminated')
    const direct = await openTestDatabase(location)
    expect(await direct.selectFrom('used_states').selectAll().execute()).toEqual([])
  })
})

describe('a database that cannot be opened', () => {
  const options = { secrets: [sealingSecret], idleTtl, absoluteTtl }

  const password = 'password-in-clear'

  test.each([
    ['no server', async () => `postgres://jane:${password}@localhost/store?host=/nowhere`],
    ['no such database', async () => (await createPostgresLocation()).url.replace(/test_\w+/u, 'nowhere')],
    ['no URL', async () => `postgres://jane:${password}@localhost:not-a-port/store`],
  ])('says so where there is %s, and tells nobody the password', async (_, createUrl) => {
    const failure: unknown = await openSessionStore({ url: await createUrl(), ...options }).catch((error) => error)
    expect(failure).toMatchObject({ name: 'StoreUnavailableError', code: 'store_unavailable' })
    expect(inspect(failure, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(password)
  })
})
