import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { LogConfig } from 'kysely'
import { afterAll, beforeAll, describe, inject, onTestFinished } from 'vitest'
import { openDatabase, type DatabaseLocation } from './database/open.ts'
import { migrate } from './migrations/migrate.ts'
import { openSessionStore, type SessionStore, type SessionStoreOptions, type SignIn } from './store.ts'
import type { Database } from './tables.ts'
import {
  createPostgresDatabase,
  startPostgres,
  type PostgresDatabase,
  type PostgresServer,
} from './testing/postgres-server.ts'
import type { Profile } from './users.ts'

export const sealingSecret = 'a sealing secret of more than thirty-two characters'

export const idleTtl = 3_600
export const absoluteTtl = 86_400

export const jane: Profile = {
  sentryHost: 'sentry.io',
  sentryId: '1201',
  name: 'Jane Doe',
  email: 'jane@example.org',
  username: 'jane',
  avatarUrl: 'https://example.org/jane.png',
}

export const john: Profile = { ...jane, sentryId: '1202', name: null, email: null, username: null, avatarUrl: null }

/** A sign-in of Jane with tokens of its own. */
export function createSignIn(overrides: Partial<SignIn> = {}): SignIn {
  return {
    profile: jane,
    tokens: { accessToken: 'access-token-in-clear', refreshToken: 'refresh-token-in-clear' },
    expiresAt: new Date('2026-02-01T00:00:00Z'),
    scopes: ['org:read', 'project:read'],
    userAgent: 'Mozilla/5.0',
    ...overrides,
  }
}

/** A clock that moves when told to. */
export function createClock() {
  let now = Date.parse('2026-01-01T00:00:00Z')
  return {
    read: () => new Date(now),
    advance: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

export type TestStoreOptions = Partial<Omit<SessionStoreOptions, keyof DatabaseLocation>>

/** A kind of database that the store runs on. */
export interface TestDatabase {
  name: 'SQLite' | 'PostgreSQL'
  /** A new, empty database, which several stores and processes can open. It is gone after the test. */
  createLocation: () => Promise<DatabaseLocation>
  /** A store on a database of its own. */
  openFreshStore: (options?: TestStoreOptions) => Promise<SessionStore>
  /** The tables alone, in a database of their own. */
  openFreshTables: (options?: { log?: LogConfig }) => Promise<Database>
}

/** Runs the same tests on SQLite and on PostgreSQL. */
export function describeDatabases(suite: (database: TestDatabase) => void): void {
  describe.each<Pick<TestDatabase, 'name' | 'createLocation'>>([
    { name: 'SQLite', createLocation: async () => ({ path: join(createFolder(), 'store.db') }) },
    { name: 'PostgreSQL', createLocation: createPostgresLocation },
  ])('on $name', { timeout: 30_000 }, ({ name, createLocation }) => {
    beforeAll(async () => {
      if (name === 'PostgreSQL') await startServer()
    }, 60_000)
    suite({
      name,
      createLocation,
      openFreshStore: async (options) => openTestStore(await createLocation(), options),
      openFreshTables: async (options) => openTestDatabase(await createLocation(), options),
    })
  })
}

let serverOfFile: Promise<PostgresServer> | undefined
afterAll(async () => (await serverOfFile)?.stop())

const databasesOfFile: PostgresDatabase[] = []
const freeDatabases: PostgresDatabase[] = []
afterAll(async () => {
  for (const { drop } of databasesOfFile) await drop()
})

/** An empty database on PostgreSQL, after startServer. It is cleared for the next test. */
export async function createPostgresLocation(): Promise<DatabaseLocation & { url: string }> {
  const database = freeDatabases.pop() ?? (await createPostgresDatabase(await startServer()))
  if (!databasesOfFile.includes(database)) databasesOfFile.push(database)
  onTestFinished(async () => {
    await database.clear()
    freeDatabases.push(database)
  })
  return { url: database.url }
}

/** The server of the whole run where the run has one (testing/vitest-setup.ts), and else one for this test file. */
export async function startServer(): Promise<string> {
  const url = inject('postgresUrl')
  if (url !== undefined) return url
  serverOfFile ??= startPostgres()
  return (await serverOfFile).url
}

/** A store on this database that is closed after the test. */
export async function openTestStore(location: DatabaseLocation, options: TestStoreOptions = {}): Promise<SessionStore> {
  const store = await openSessionStore({ ...location, secrets: [sealingSecret], idleTtl, absoluteTtl, ...options })
  onTestFinished(() => store.close())
  return store
}

/** The tables alone. */
export async function openTestDatabase(
  location: DatabaseLocation,
  options: { log?: LogConfig } = {},
): Promise<Database> {
  const { database } = await openDatabase(location, {
    report: (error) => {
      throw error
    },
    ...options,
  })
  onTestFinished(() => database.destroy())
  await migrate(database)
  return database
}

/** A folder that is removed after the test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'session-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A process that signs in `count` people and writes the secret of each acknowledged sign-in in a line. */
export function startSigningIn(location: DatabaseLocation, count: number): ChildProcess {
  const child = fork(join(import.meta.dirname, 'signing-in.fixture.ts'), [JSON.stringify(location), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

/** The secrets that the process acknowledges, as they come. */
export function readSecrets({ stdout }: ChildProcess): AsyncIterable<string> {
  if (stdout === null) throw new Error('The process was started without its output')
  return createInterface({ input: stdout })
}
