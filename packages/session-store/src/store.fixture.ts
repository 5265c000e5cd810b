import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Kysely, type LogConfig } from 'kysely'
import { onTestFinished } from 'vitest'
import { openSqlite } from './database/sqlite.ts'
import { migrate } from './migrations/migrate.ts'
import { openSessionStore, type SessionStore, type SessionStoreOptions, type SignIn } from './store.ts'
import type { Database, Tables } from './tables.ts'
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

/** A store that is closed after the test; in memory unless a path is given. */
export async function openTestStore(options: Partial<SessionStoreOptions> = {}): Promise<SessionStore> {
  const store = await openSessionStore({ path: ':memory:', secrets: [sealingSecret], idleTtl, absoluteTtl, ...options })
  onTestFinished(() => store.close())
  return store
}

/** The tables alone, in memory. */
export async function openTestDatabase(options: { log?: LogConfig } = {}): Promise<Database> {
  const database = new Kysely<Tables>({ dialect: openSqlite(':memory:'), ...options })
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
export function startSigningIn(path: string, count: number): ChildProcess {
  const child = fork(join(import.meta.dirname, 'signing-in.fixture.ts'), [path, String(count)], {
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
