import { describe, expect, test } from 'vitest'
import { findGrant, insertGrant, type IssuedTokens } from './grants.ts'
import { createSealing, type Sealing } from './sealing.ts'
import { describeDatabases, createSignIn, jane, john, sealingSecret } from './store.fixture.ts'
import { upsertUser } from './users.ts'

const sealing = createSealing([sealingSecret])

/** The same encryption, but blind to where a value belongs. */
const placeless: Sealing = {
  prefix: sealing.prefix,
  seal: (value) => sealing.seal(value, { table: '', column: '', grantId: '', userId: '' }),
  open: (envelope) => sealing.open(envelope, { table: '', column: '', grantId: '', userId: '' }),
}

function issue(owner: string): IssuedTokens {
  return { tokens: { accessToken: `${owner}-access`, refreshToken: `${owner}-refresh` }, expiresAt: null, scopes: [] }
}

describeDatabases(({ openFreshStore, openFreshTables }) => {
  async function createTwoGrants(used: Sealing) {
    const database = await openFreshTables()
    const now = new Date()
    const victim = await upsertUser(database, jane, now)
    const attacker = await upsertUser(database, john, now)
    const victimGrant = await insertGrant(database, used, victim.id, issue('victim'), now)
    const attackerGrant = await insertGrant(database, used, attacker.id, issue('attacker'), now)
    return { database, attacker, victimGrant, attackerGrant }
  }

  async function copyTokens(used: Sealing) {
    const { database, victimGrant, attackerGrant } = await createTwoGrants(used)
    const tokens = await database
      .selectFrom('grants')
      .select(['access_token', 'refresh_token'])
      .where('id', '=', victimGrant.id)
      .executeTakeFirstOrThrow()
    await database.updateTable('grants').set(tokens).where('id', '=', attackerGrant.id).execute()
    return findGrant(database, used, attackerGrant.id)
  }

  async function moveRow(used: Sealing) {
    const { database, attacker, victimGrant } = await createTwoGrants(used)
    await database.updateTable('grants').set({ user_id: attacker.id }).where('id', '=', victimGrant.id).execute()
    return findGrant(database, used, victimGrant.id)
  }

  async function swapColumns(used: Sealing) {
    const { database, attackerGrant } = await createTwoGrants(used)
    await database
      .updateTable('grants')
      .set((row) => ({ access_token: row.ref('refresh_token').$castTo<string>() }))
      .where('id', '=', attackerGrant.id)
      .execute()
    return findGrant(database, used, attackerGrant.id)
  }

  describe('somebody who writes to the database', () => {
    test('would take over a token by copying it, were its place not sealed with it', async () => {
      expect(await copyTokens(placeless)).toMatchObject({ tokens: { accessToken: 'victim-access' } })
      await expect(copyTokens(sealing)).rejects.toMatchObject({ name: 'SealedValueError', code: 'not_authentic' })
    })

    test('would take over a grant by giving it another user, were its place not sealed with it', async () => {
      expect(await moveRow(placeless)).toMatchObject({ tokens: { accessToken: 'victim-access' } })
      await expect(moveRow(sealing)).rejects.toMatchObject({ name: 'SealedValueError', code: 'not_authentic' })
    })

    test('would have a refresh token sent as access token, were its place not sealed with it', async () => {
      expect(await swapColumns(placeless)).toMatchObject({ tokens: { accessToken: 'attacker-refresh' } })
      await expect(swapColumns(sealing)).rejects.toMatchObject({ name: 'SealedValueError', code: 'not_authentic' })
    })
  })

  describe('replacing tokens', () => {
    const replaced = {
      tokens: { accessToken: 'second-access', refreshToken: 'second-refresh' },
      expiresAt: new Date('2026-03-01T00:00:00Z'),
      scopes: ['org:read'],
    }

    test('keeps the new pair under the next version', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const { id: grantId, version } = opened.grant
      expect(await store.replaceTokens({ grantId, version, ...replaced })).toBe(true)
      expect(await store.findGrant(grantId)).toMatchObject({ ...replaced, version: version + 1 })
    })

    test('leaves the organization that the grant is good for as it is', async () => {
      const store = await openFreshStore()
      const { secret, opened } = await store.signIn({ ...createSignIn(), organizationId: '7' })
      const { id: grantId, version, userId } = opened.grant
      await store.replaceTokens({ grantId, version, ...replaced })
      const [listed] = await store.listSessions(userId)
      const seen = [await store.findGrant(grantId), (await store.openSession(secret))?.grant, listed?.grant]
      expect(seen.map((grant) => [grant?.version, grant?.organizationId])).toEqual([
        [2, '7'],
        [2, '7'],
        [2, '7'],
      ])
      const free = await store.signIn(createSignIn())
      expect(free.opened.grant.organizationId).toBeNull()
    })

    test('is refused to the second of two who read the same version', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const { id: grantId, version } = opened.grant
      const late = { ...replaced, tokens: { accessToken: 'late', refreshToken: null } }
      const outcomes = await Promise.all([
        store.replaceTokens({ grantId, version, ...replaced }),
        store.replaceTokens({ grantId, version, ...late }),
      ])
      expect(outcomes).toEqual([true, false])
      expect(await store.findGrant(grantId)).toMatchObject({ tokens: replaced.tokens, version: version + 1 })
    })

    test('is refused for a grant that has ended', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const { id: grantId, version } = opened.grant
      await store.endAllSessions(opened.user.id)
      expect(await store.replaceTokens({ grantId, version, ...replaced })).toBe(false)
      expect(await store.findGrant(grantId)).toBeNull()
    })

    test('keeps the absence of a refresh token, an expiry and scopes', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      const { id: grantId, version } = opened.grant
      const bare = { tokens: { accessToken: 'bare', refreshToken: null }, expiresAt: null, scopes: [] }
      await store.replaceTokens({ grantId, version, ...bare })
      expect(await store.findGrant(grantId)).toMatchObject(bare)
    })
  })

  describe('ending a grant', () => {
    test('ends its sessions', async () => {
      const store = await openFreshStore()
      const { secret, opened } = await store.signIn(createSignIn())
      expect(await store.endGrant(opened.grant.id, opened.grant.version)).toBe(true)
      expect(await store.openSession(secret)).toBeNull()
      expect(await store.findGrant(opened.grant.id)).toBeNull()
    })

    test('leaves a grant alone whose tokens were replaced meanwhile', async () => {
      const store = await openFreshStore()
      const { secret, opened } = await store.signIn(createSignIn())
      const { id: grantId, version } = opened.grant
      await store.replaceTokens({ grantId, version, ...createSignIn() })
      expect(await store.endGrant(grantId, version)).toBe(false)
      expect(await store.openSession(secret)).not.toBeNull()
    })

    test('is refused a second time', async () => {
      const store = await openFreshStore()
      const { opened } = await store.signIn(createSignIn())
      await store.endGrant(opened.grant.id, opened.grant.version)
      expect(await store.endGrant(opened.grant.id, opened.grant.version)).toBe(false)
    })

    test('leaves the other sign-ins of the user alone', async () => {
      const store = await openFreshStore()
      const first = await store.signIn(createSignIn())
      const second = await store.signIn(createSignIn())
      await store.endGrant(first.opened.grant.id, first.opened.grant.version)
      expect(await store.openSession(second.secret)).not.toBeNull()
    })
  })
})
