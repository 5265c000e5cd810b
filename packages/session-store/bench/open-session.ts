/**
 * Prints how long opening a session and its tokens takes on SQLite and on PostgreSQL, in microseconds: `node bench/open-session.ts`.
 * The sessions are opened one after another, in an order that no cache of ours could know.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSessionStore, type DatabaseLocation } from '@sentry-graph/session-store'
import { createPostgresDatabase, startPostgres } from '@sentry-graph/session-store/testing'

const people = 1_000
const reads = 5_000

const folder = mkdtempSync(join(tmpdir(), 'open-session-'))
const server = await startPostgres()
try {
  await measure('SQLite', { path: join(folder, 'store.db') })
  await measure('PostgreSQL', { url: (await createPostgresDatabase(server.url)).url })
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}

async function measure(name: string, location: DatabaseLocation): Promise<void> {
  const secrets = ['a sealing secret of more than thirty-two characters']
  const store = await openSessionStore({ ...location, secrets, idleTtl: 3_600, absoluteTtl: 86_400 })
  const sessions: string[] = []
  for (let person = 0; person < people; person += 1) sessions.push((await store.signIn(describe(person))).secret)
  const times: number[] = []
  for (let read = 0; read < reads; read += 1) {
    const secret = sessions[(read * 7_919) % people] ?? ''
    const begun = performance.now()
    const opened = await store.openSession(secret)
    if (opened?.openTokens() === undefined) throw new Error('A session was lost')
    times.push(performance.now() - begun)
  }
  await store.close()
  times.sort((one, other) => one - other)
  const at = (part: number) => Math.round((times[Math.floor(reads * part)] ?? 0) * 1_000)
  process.stdout.write(`${name}: ${reads} sessions opened, p50 ${at(0.5)} µs, p99 ${at(0.99)} µs\n`)
}

function describe(person: number) {
  const nothing = { name: null, email: null, username: null, avatarUrl: null }
  return {
    profile: { sentryHost: 'sentry.io', sentryId: String(person), ...nothing },
    tokens: { accessToken: `access-${person}`, refreshToken: `refresh-${person}` },
    expiresAt: null,
    scopes: ['org:read'],
    userAgent: null,
  }
}
