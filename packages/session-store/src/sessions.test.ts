import { inspect } from 'node:util'
import { CompiledQuery, SqliteAdapter } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findSession, insertBrowserSession, sweepSessions } from './sessions.ts'
import { SealedValueError } from './errors.ts'
import { insertGrant } from './grants.ts'
import { createSealing } from './sealing.ts'
import { createSecret } from './secret.ts'
import type { Database } from './tables.ts'
import {
  describeDatabases,
  absoluteTtl,
  createClock,
  createSignIn,
  idleTtl,
  jane,
  john,
  openTestStore,
  sealingSecret,
} from './store.fixture.ts'
import { upsertUser } from './users.ts'

const nowhere = { userAgent: null, addressFamily: null }

/** How each table of the query is read, where PostgreSQL does not prefer a scan because the table is empty. */
async function explainScans(database: Database, { sql, parameters }: CompiledQuery): Promise<string[]> {
  const isSqlite = database.getExecutor().adapter instanceof SqliteAdapter
  return database.connection().execute(async (connection) => {
    const explain = async (prefix: string) => {
      const { rows } = await connection.executeQuery<object>(CompiledQuery.raw(`${prefix} ${sql}`, [...parameters]))
      return rows.map((row) => Object.values(row).join(' '))
    }
    if (!isSqlite) await connection.executeQuery(CompiledQuery.raw('set enable_seqscan = off'))
    const plan = await explain(isSqlite ? 'explain query plan' : 'explain')
    const scans = plan.filter((line) => /SEARCH|SCAN|Scan/u.test(line))
    return scans.map((line) => (/SEARCH|Index (Only )?Scan/u.test(line) ? 'index' : line))
  })
}

const sealing = createSealing([sealingSecret])

describeDatabases(({ createLocation, openFreshStore, openFreshTables }) => {
  describe('signing in', () => {
    test('opens a session with the person and the grant, and no token in it', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret, opened } = await store.signIn(createSignIn())
      expect(opened).toMatchObject({
        user: jane,
        session: { kind: 'browser', name: null, userAgent: 'Mozilla/5.0', createdAt: clock.read() },
        grant: { scopes: ['org:read', 'project:read'], expiresAt: new Date('2026-02-01T00:00:00Z'), version: 1 },
      })
      expect(opened.session).toMatchObject({ userId: opened.user.id, grantId: opened.grant.id })
      expect(await store.openSession(secret)).toMatchObject(opened)
      expect(JSON.stringify(opened)).not.toContain('in-clear')
    })

    test('keeps the tokens for whoever asks for the grant', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      expect(await store.findGrant(opened.grant.id)).toEqual({
        ...opened.grant,
        tokens: { accessToken: 'access-token-in-clear', refreshToken: 'refresh-token-in-clear' },
      })
    })

    test('ends the former session of the browser and its grant, whoever it belonged to', async () => {
      const store = await openFreshStore()
      const former = await store.signIn(createSignIn({ profile: john }))
      const { secret } = await store.signIn(createSignIn({ formerSecret: former.secret }))
      expect(await store.openSession(former.secret)).toBeNull()
      expect(await store.findGrant(former.opened.grant.id)).toBeNull()
      expect(await store.openSession(secret)).toMatchObject({ user: jane })
    })

    test('leaves the sessions of other browsers alone', async () => {
      const store = await openFreshStore()
      const elsewhere = await store.signIn(createSignIn())
      const here = await store.signIn(createSignIn({ formerSecret: createSecret() }))
      expect(await store.openSession(elsewhere.secret)).not.toBeNull()
      expect(here.secret).not.toBe(elsewhere.secret)
      expect(here.opened.user.id).toBe(elsewhere.opened.user.id)
    })

    test('leaves nothing when it fails', async () => {
      const store = await openFreshStore()
      const former = await store.signIn(createSignIn())
      const invalid = createSignIn({ formerSecret: former.secret, expiresAt: new Date(Number.NaN) })
      await expect(store.signIn(invalid)).rejects.toMatchObject({ code: 'store_unavailable' })
      expect(await store.openSession(former.secret)).toMatchObject(former.opened)
    })

    test('keeps the beginning of an endless user agent', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn({ userAgent: 'x'.repeat(10_000) }))
      expect(opened.session.userAgent).toHaveLength(512)
    })
  })

  describe('opening a session', () => {
    test.each(['', 'short', 'a'.repeat(43), 'a'.repeat(10_000), "' or 1=1 --", '\0'])(
      'finds none by %j',
      async (secret) => {
        const store = await openFreshStore()
        await store.signIn(createSignIn())
        expect(await store.openSession(secret)).toBeNull()
      },
    )

    test('finds none by its id or by what the database keeps of its secret', async () => {
      const database = await openFreshTables()
      const secret = createSecret()
      const now = new Date()
      const user = await upsertUser(database, jane, now)
      const grant = await insertGrant(database, sealing, user.id, createSignIn(), now)
      await insertBrowserSession(database, { secret, grant, use: nowhere }, { idle: 1_000, absolute: 1_000 }, now)
      const row = await database.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
      expect(await findSession(database, sealing, row.secret_hash)).toBeNull()
      expect(await findSession(database, sealing, row.id)).toBeNull()
      expect(await findSession(database, sealing, secret)).not.toBeNull()
    })

    test('finds none with any one character changed', async () => {
      const store = await openFreshStore()
      const { secret } = await store.signIn(createSignIn())
      for (let index = 0; index < secret.length; index += 1) {
        const altered = secret.slice(0, index) + (secret[index] === 'A' ? 'B' : 'A') + secret.slice(index + 1)
        expect(await store.openSession(altered)).toBeNull()
      }
    })

    test('brings the tokens along, sealed until somebody asks for them', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { secret } = await store.signIn(createSignIn())
      const opened = await store.openSession(secret)
      expect(inspect(opened, { depth: null, showHidden: true })).not.toContain('in-clear')
      expect(opened?.openTokens()).toEqual(createSignIn().tokens)

      const withoutKey = await openTestStore(location, { secrets: ['another secret, also of more than 32 characters'] })
      const unreadable = await withoutKey.openSession(secret)
      expect(() => unreadable?.openTokens()).toThrow(SealedValueError)
    })

    test('is one read, by indexes alone', async () => {
      const queries: CompiledQuery[] = []
      const database = await openFreshTables({ log: ({ query }) => void queries.push(query) })
      queries.length = 0
      await findSession(database, sealing, createSecret())
      expect(queries).toHaveLength(1)
      expect(await explainScans(database, queries[0]!)).toEqual(['index', 'index', 'index'])
    })
  })

  describe('use of a session', () => {
    test('is recorded at most once a minute', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret, opened } = await store.signIn(createSignIn())
      clock.advance(59)
      expect(await store.openSession(secret)).toMatchObject(opened)
      clock.advance(1)
      const used = await store.openSession(secret)
      expect(used?.session).toMatchObject({
        lastUsedAt: clock.read(),
        idleExpiresAt: new Date(clock.read().getTime() + idleTtl * 1000),
        expiresAt: opened.session.expiresAt,
      })
      clock.advance(59)
      expect((await store.openSession(secret))?.session).toEqual(used?.session)
    })

    test('keeps it alive beyond the idle time', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      for (let uses = 0; uses < 4; uses += 1) {
        clock.advance(idleTtl - 60)
        expect(await store.openSession(secret)).not.toBeNull()
      }
    })

    test('keeps it alive also where the idle time is seconds', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read, idleTtl: 10 })
      const { secret } = await store.signIn(createSignIn())
      for (let uses = 0; uses < 10; uses += 1) {
        clock.advance(8)
        expect(await store.openSession(secret)).not.toBeNull()
      }
    })
  })

  describe('a session expires', () => {
    test('when it was not used for the idle time', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      clock.advance(idleTtl)
      expect(await store.openSession(secret)).toBeNull()
    })

    test('at its absolute end, however much it is used', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret } = await store.signIn(createSignIn())
      let passed = 0
      for (; passed <= absoluteTtl && (await store.openSession(secret)); passed += idleTtl / 2)
        clock.advance(idleTtl / 2)
      expect(passed).toBe(absoluteTtl)
    })

    test('for good: it and its grant are deleted, and a clock set back does not revive it', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const { secret, opened } = await store.signIn(createSignIn())
      clock.advance(idleTtl)
      await store.openSession(secret)
      clock.advance(-idleTtl)
      expect(await store.openSession(secret)).toBeNull()
      expect(await store.findGrant(opened.grant.id)).toBeNull()
    })

    test('and is swept by the sign-ins of others when nobody opens it again', async () => {
      const clock = createClock()
      const store = await openFreshStore({ clock: clock.read })
      const forgotten = await store.signIn(createSignIn())
      clock.advance(idleTtl)
      const { secret } = await store.signIn(createSignIn({ profile: john }))
      expect(await store.findGrant(forgotten.opened.grant.id)).toBeNull()
      expect(await store.openSession(secret)).not.toBeNull()
    })
  })

  describe('ending a session', () => {
    test('ends it and its grant at once', async () => {
      const store = await openFreshStore()
      const { secret, opened } = await store.signIn(createSignIn())
      await store.endSession(opened.session.id)
      expect(await store.openSession(secret)).toBeNull()
      expect(await store.findGrant(opened.grant.id)).toBeNull()
    })

    test('leaves other sessions of the user alone', async () => {
      const store = await openFreshStore()
      const ended = await store.signIn(createSignIn())
      const kept = await store.signIn(createSignIn())
      await store.endSession(ended.opened.session.id)
      expect(await store.openSession(kept.secret)).not.toBeNull()
    })

    test('keeps the grant while another session uses it', async () => {
      const database = await openFreshTables()
      const now = new Date()
      const lifetimes = { idle: 1_000, absolute: 60_000 }
      const user = await upsertUser(database, jane, now)
      const grant = await insertGrant(database, sealing, user.id, createSignIn(), now)
      const secrets = [createSecret(), createSecret()] as const
      await insertBrowserSession(database, { secret: secrets[0], grant, use: nowhere }, lifetimes, now)
      const later = new Date(now.getTime() + 1_000)
      await insertBrowserSession(database, { secret: secrets[1], grant, use: nowhere }, lifetimes, later)
      await sweepSessions({ database, sealing, now: later })
      expect(await findSession(database, sealing, secrets[0])).toBeNull()
      expect(await findSession(database, sealing, secrets[1])).toMatchObject({ grant })
    })

    test('of an unknown id does nothing', async () => {
      const store = await openFreshStore()
      const { secret } = await store.signIn(createSignIn())
      await store.endSession('unknown')
      expect(await store.openSession(secret)).not.toBeNull()
    })

    test('everywhere ends all sessions and grants of the user and nobody else', async () => {
      const store = await openFreshStore()
      const mine = [await store.signIn(createSignIn()), await store.signIn(createSignIn())]
      const others = await store.signIn(createSignIn({ profile: john }))
      await store.endAllSessions(mine[0]!.opened.user.id)
      for (const { secret, opened } of mine) {
        expect(await store.openSession(secret)).toBeNull()
        expect(await store.findGrant(opened.grant.id)).toBeNull()
      }
      expect(await store.openSession(others.secret)).not.toBeNull()
    })
  })
})
