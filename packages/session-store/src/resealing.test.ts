import { describe, expect, test } from 'vitest'
import type { DatabaseLocation } from './database/open.ts'
import { insertGrant } from './grants.ts'
import { createSealing } from './sealing.ts'
import {
  createSignIn,
  describeDatabases,
  jane,
  openTestDatabase,
  openTestStore,
  sealingSecret,
} from './store.fixture.ts'
import { upsertUser } from './users.ts'

const newSecret = 'a newer secret, also of more than 32 characters'
const lostSecret = 'a secret that nobody remembers, more than 32 characters'

function pairOf(grantId: string) {
  return { accessToken: `access-of-${grantId}`, refreshToken: null }
}

/** Grants sealed with this secret. Returns their ids. */
async function createGrants(location: DatabaseLocation, secret: string, count: number): Promise<string[]> {
  const database = await openTestDatabase(location)
  const user = await upsertUser(database, jane, new Date())
  const sealing = createSealing([secret])
  const grants = []
  for (let made = 0; made < count; made += 1) {
    grants.push(await insertGrant(database, sealing, user.id, createSignIn(), new Date()))
  }
  return grants.map(({ id }) => id)
}

describeDatabases(({ createLocation }) => {
  describe('re-sealing', () => {
    test('lets the former secret be taken away, which before would lose every token', async () => {
      const location = await createLocation()
      const [grantId = ''] = await createGrants(location, sealingSecret, 1)
      const withoutFormer = await openTestStore(location, { secrets: [newSecret] })
      await expect(withoutFormer.findGrant(grantId)).rejects.toMatchObject({ code: 'unknown_key' })

      const withBoth = await openTestStore(location, { secrets: [newSecret, sealingSecret] })
      expect(await withBoth.resealAll()).toEqual({ resealed: 1, changed: 0, unreadable: 0 })
      expect(await withoutFormer.findGrant(grantId)).toMatchObject({ tokens: createSignIn().tokens, version: 1 })
    })

    test('does the same for what Sentry is still to be told', async () => {
      const location = await createLocation()
      const former = await openTestStore(location)
      const { opened } = await former.signIn(createSignIn())
      await former.endSession(opened.session.id)
      const secrets = [newSecret, sealingSecret]
      expect(await (await openTestStore(location, { secrets: [newSecret] })).resealAll()).toMatchObject({
        unreadable: 1,
      })
      const withBoth = await openTestStore(location, { secrets })
      expect(await withBoth.resealAll()).toEqual({ resealed: 1, changed: 0, unreadable: 0 })
      expect(await withBoth.resealAll()).toEqual({ resealed: 0, changed: 0, unreadable: 0 })
      const withoutFormer = await openTestStore(location, { secrets: [newSecret] })
      expect(await withoutFormer.claimRevocation(jane.sentryHost)).toMatchObject({
        token: createSignIn().tokens.refreshToken,
      })
    })

    test('goes through all batches, and finds nothing the second time', async () => {
      const location = await createLocation()
      const grantIds = await createGrants(location, sealingSecret, 230)
      const store = await openTestStore(location, { secrets: [newSecret, sealingSecret] })
      expect(await store.resealAll()).toEqual({ resealed: 230, changed: 0, unreadable: 0 })
      expect(await store.resealAll()).toEqual({ resealed: 0, changed: 0, unreadable: 0 })
      const withoutFormer = await openTestStore(location, { secrets: [newSecret] })
      for (const grantId of grantIds) expect(await withoutFormer.findGrant(grantId)).not.toBeNull()
    })

    test('may be done by several at once', async () => {
      const location = await createLocation()
      await createGrants(location, sealingSecret, 50)
      const secrets = [newSecret, sealingSecret]
      const stores = [await openTestStore(location, { secrets }), await openTestStore(location, { secrets })]
      const [one, other] = await Promise.all(stores.map((store) => store.resealAll()))
      expect(one!.resealed + other!.resealed).toBe(50)
      expect(one!.unreadable + other!.unreadable).toBe(0)
    })

    test('leaves what it cannot open as it is, says how much, and does the rest', async () => {
      const location = await createLocation()
      const [lost = ''] = await createGrants(location, lostSecret, 1)
      await createGrants(location, sealingSecret, 2)
      const store = await openTestStore(location, { secrets: [newSecret, sealingSecret] })
      expect(await store.resealAll()).toEqual({ resealed: 2, changed: 0, unreadable: 1 })
      const found = await openTestStore(location, { secrets: [lostSecret] })
      expect(await found.findGrant(lost)).toMatchObject({ tokens: createSignIn().tokens })
    })

    test('loses no pair that a gateway saves meanwhile', async () => {
      const location = await createLocation()
      const grantIds = await createGrants(location, sealingSecret, 50)
      const gateway = await openTestStore(location)
      const resealing = await openTestStore(location, { secrets: [newSecret, sealingSecret] })
      const saving = grantIds.map((grantId) =>
        gateway.replaceTokens({ grantId, version: 1, tokens: pairOf(grantId), expiresAt: null, scopes: [] }),
      )
      const [counts, saved] = await Promise.all([resealing.resealAll(), Promise.all(saving)])
      expect(saved.every(Boolean)).toBe(true)
      expect(counts.unreadable).toBe(0)
      for (const grantId of grantIds) {
        expect(await resealing.findGrant(grantId)).toMatchObject({ tokens: pairOf(grantId), version: 2 })
      }
    })

    test('is no refresh: version, times and claim stay', async () => {
      const location = await createLocation()
      const former = await openTestStore(location)
      const { opened } = await former.signIn(createSignIn())
      const request = { grantId: opened.grant.id, version: 1, lease: 60_000, wait: 0 }
      await former.claimRefresh(request)
      const store = await openTestStore(location, { secrets: [newSecret, sealingSecret] })
      await store.resealAll()
      expect(await store.findGrant(opened.grant.id)).toMatchObject(opened.grant)
      expect(await store.claimRefresh(request)).toMatchObject({ outcome: 'held' })
    })
  })
})
