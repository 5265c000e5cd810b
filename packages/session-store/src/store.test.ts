import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DatabaseLocation } from './database/open.ts'
import { hashSecret } from './secret.ts'
import { openSessionStore, type SessionStore } from './store.ts'
import {
  absoluteTtl,
  createFolder,
  createSignIn,
  describeDatabases,
  idleTtl,
  jane,
  openTestDatabase,
  openTestStore,
  readSecrets,
  sealingSecret,
  startSigningIn,
} from './store.fixture.ts'

const inAnHour = new Date(Date.now() + 3_600_000)

const client = {
  userId: 'user',
  sessionId: 'session',
  name: 'Nightly report',
  expiresAt: inAnHour,
  readOnly: true,
  organizations: null,
}

/** SQLite's files byte by byte, or every row of PostgreSQL. */
async function readEverything(location: DatabaseLocation): Promise<string> {
  if (location.path !== undefined) {
    const folder = dirname(location.path)
    return readdirSync(folder, 'utf8')
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join()
  }
  const database = await openTestDatabase(location)
  const tables = ['users', 'grants', 'sessions', 'used_states', 'revocations'] as const
  const rows = await Promise.all(tables.map((table) => database.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}

describeDatabases(({ createLocation, openFreshStore }) => {
  describe('opening the store again', () => {
    test('keeps users, grants and sessions', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { secret, opened } = await store.signIn(createSignIn())
      await store.close()
      const reopened = await openTestStore(location)
      expect(await reopened.openSession(secret)).toMatchObject(opened)
      expect(await reopened.findGrant(opened.grant.id)).toMatchObject({ tokens: createSignIn().tokens })
    })

    test('with a new secret before the old one signs nobody out', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { secret, opened } = await store.signIn(createSignIn())
      await store.close()
      const rotated = await openTestStore(location, {
        secrets: ['a newer secret, also of more than 32 characters', sealingSecret],
      })
      expect(await rotated.openSession(secret)).toMatchObject(opened)
      expect(await rotated.findGrant(opened.grant.id)).toMatchObject({ tokens: createSignIn().tokens })
    })

    test('without the old secret refuses the tokens, and says so in a type of its own', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { opened } = await store.signIn(createSignIn())
      await store.close()
      const foreign = await openTestStore(location, { secrets: ['another secret of more than thirty-two characters'] })
      await expect(foreign.findGrant(opened.grant.id)).rejects.toMatchObject({
        name: 'SealedValueError',
        code: 'unknown_key',
      })
    })

    test('an ended session stays ended', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { secret, opened } = await store.signIn(createSignIn())
      await store.endSession(opened.session.id)
      await store.close()
      const reopened = await openTestStore(location)
      expect(await reopened.openSession(secret)).toBeNull()
    })
  })

  test('a session ended through one connection is dead at once on another', async () => {
    const location = await createLocation()
    const here = await openTestStore(location)
    const elsewhere = await openTestStore(location)
    const { secret, opened } = await here.signIn(createSignIn())
    expect(await elsewhere.openSession(secret)).toMatchObject(opened)
    await elsewhere.endSession(opened.session.id)
    expect(await here.openSession(secret)).toBeNull()
  })

  test('sign-ins at the same moment do not mix', async () => {
    const store = await openFreshStore()
    const people = Array.from({ length: 50 }, (_, index) => ({ ...jane, sentryId: String(index) }))
    const signedIn = await Promise.all(people.map((profile) => store.signIn(createSignIn({ profile }))))
    const opened = await Promise.all(signedIn.map(({ secret }) => store.openSession(secret)))
    expect(opened.map((session) => session?.user.sentryId)).toEqual(people.map(({ sentryId }) => sentryId))
  })

  test('a reader of the database finds neither tokens nor session secrets nor states', async () => {
    const location = await createLocation()
    const store = await openTestStore(location)
    const { secret } = await store.signIn(createSignIn())
    await store.consumeState('state-in-clear', inAnHour)
    await store.openSession(secret)

    const whileOpen = await readEverything(location)
    expect(whileOpen).toContain('project:read')
    expect(whileOpen).toContain(hashSecret(secret))
    await store.close()
    const everything = whileOpen + (await readEverything(location))
    for (const hidden of ['access-token-in-clear', 'refresh-token-in-clear', 'state-in-clear', secret, sealingSecret]) {
      expect(everything).not.toContain(hidden)
      expect(everything).not.toContain(Buffer.from(hidden).toString('base64url'))
      expect(everything).not.toContain(Buffer.from(hidden).toString('hex'))
    }
  })

  test('a process killed in the middle loses no sign-in it acknowledged', async () => {
    const location = await createLocation()
    const child = startSigningIn(location, Number.POSITIVE_INFINITY)
    const exited = once(child, 'exit')
    const acknowledged: string[] = []
    for await (const line of readSecrets(child)) {
      acknowledged.push(line)
      if (acknowledged.length === 100) child.kill('SIGKILL')
    }
    expect(await exited).toEqual([null, 'SIGKILL'])
    expect(acknowledged.length).toBeGreaterThanOrEqual(100)

    const store = await openTestStore(location)
    const opened = await Promise.all(acknowledged.map((secret) => store.openSession(secret)))
    expect(opened.map((session) => session?.user.sentryId)).toEqual(acknowledged.map((_, index) => String(index + 1)))
  })

  describe('a store whose database is away', () => {
    const operations: [name: string, operation: (store: SessionStore) => Promise<unknown>][] = [
      ['signIn', (store) => store.signIn(createSignIn())],
      ['openSession', (store) => store.openSession('a'.repeat(43))],
      ['endSession', (store) => store.endSession('session')],
      ['endAllSessions', (store) => store.endAllSessions('user')],
      ['findGrant', (store) => store.findGrant('grant')],
      ['replaceTokens', (store) => store.replaceTokens({ grantId: 'grant', version: 1, ...createSignIn() })],
      ['endGrant', (store) => store.endGrant('grant', 1)],
      ['claimRefresh', (store) => store.claimRefresh({ grantId: 'grant', version: 1, lease: 1_000, wait: 1_000 })],
      ['releaseRefresh', (store) => store.releaseRefresh({ grantId: 'grant', claimId: 'claim', mayBeSpent: true })],
      ['confirmUnspent', (store) => store.confirmUnspent('grant', 1)],
      ['resealAll', (store) => store.resealAll()],
      ['createClientSession', (store) => store.createClientSession(client)],
      ['listSessions', (store) => store.listSessions('user')],
      ['revokeSession', (store) => store.revokeSession('user', 'session')],
      ['claimRevocation', (store) => store.claimRevocation('sentry.io')],
      ['settleRevocation', (store) => store.settleRevocation('grant')],
      ['consumeState', (store) => store.consumeState('state', inAnHour)],
      ['ping', (store) => store.ping()],
    ]

    test.each(operations)('fails in %s rather than answering', async (_, operation) => {
      const store = await openFreshStore()
      await store.close()
      await expect(operation(store)).rejects.toMatchObject({
        name: 'StoreUnavailableError',
        code: 'store_unavailable',
        cause: expect.any(Error) as unknown,
      })
    })

    test('does not take a damaged table for the end of a session', async () => {
      const location = await createLocation()
      const store = await openTestStore(location)
      const { secret } = await store.signIn(createSignIn())
      const damage = await openTestDatabase(location)
      await damage.schema.alterTable('sessions').renameTo('lost').execute()
      await expect(store.openSession(secret)).rejects.toMatchObject({ code: 'store_unavailable' })
      await damage.schema.alterTable('lost').renameTo('sessions').execute()
      expect(await store.openSession(secret)).not.toBeNull()
    })

    test('answers a ping when it is there', async () => {
      const store = await openFreshStore()
      await expect(store.ping()).resolves.toBeUndefined()
    })
  })
})

describe('a store that cannot be opened', () => {
  const options = { secrets: [sealingSecret], idleTtl, absoluteTtl }

  test('says so when the file is no database', async () => {
    const path = join(createFolder(), 'store.db')
    writeFileSync(path, 'something else entirely'.repeat(100))
    await expect(openSessionStore({ path, ...options })).rejects.toMatchObject({ code: 'store_unavailable' })
  })

  test('says so when the folder cannot be made', async () => {
    const path = join(createFolder(), 'file')
    writeFileSync(path, '')
    const opened = openSessionStore({ path: join(path, 'folder', 'store.db'), ...options })
    await expect(opened).rejects.toMatchObject({ code: 'store_unavailable', cause: { code: 'ENOTDIR' } })
  })

  test('refuses to start without a secret', async () => {
    await expect(openSessionStore({ path: ':memory:', ...options, secrets: [] })).rejects.toThrow(TypeError)
  })
})
