import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DatabaseLocation } from './database/open.ts'
import type { RefreshClaim } from './refresh.ts'
import type { SessionStore } from './store.ts'
import { createSignIn, describeDatabases, openTestStore, type TestStoreOptions } from './store.fixture.ts'

const anHour = 3_600_000

/** A refresh that takes as long as it likes, and a caller who does not wait. */
const patient = { lease: 60_000, wait: 0 }

const nextPair = {
  tokens: { accessToken: 'second-access', refreshToken: 'second-refresh' },
  expiresAt: null,
  scopes: ['org:read'],
}

function pairOf(name: string) {
  return { ...nextPair, tokens: { accessToken: `${name}-access`, refreshToken: `${name}-refresh` } }
}

function expectClaimed(claim: RefreshClaim) {
  if (claim.outcome !== 'claimed') throw new Error(`The claim is ${claim.outcome}`)
  return claim
}

/** Another process that claims the refresh and is killed before it can say how it went. */
async function claimAndDie(location: DatabaseLocation, request: { grantId: string; version: number; lease: number }) {
  const input = JSON.stringify({ location, request: { ...request, wait: 0 } })
  const child = fork(join(import.meta.dirname, 'refreshing.fixture.ts'), [input])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const [outcome] = (await once(child, 'message')) as [string]
  child.kill('SIGKILL')
  await exited
  return outcome
}

/** Two gateways on one database, and the grant of somebody who has signed in. */
async function createTwoStores(
  location: DatabaseLocation,
  options: { here?: TestStoreOptions; elsewhere?: TestStoreOptions } = {},
) {
  const here = await openTestStore(location, options.here)
  const elsewhere = await openTestStore(location, options.elsewhere)
  const { secret, opened } = await here.signIn(createSignIn())
  const { id: grantId, version } = opened.grant
  return { location, here, elsewhere, secret, grantId, version, request: { grantId, version, ...patient } }
}

/** An attempt whose answer never came. */
async function loseAnswer(store: SessionStore, request: { grantId: string; version: number }) {
  const { claimId } = expectClaimed(await store.claimRefresh({ ...request, ...patient }))
  await store.releaseRefresh({ grantId: request.grantId, claimId, mayBeSpent: true })
}

/** Here slept past its lease; elsewhere has taken over. */
async function overtake(location: DatabaseLocation) {
  const stores = await createTwoStores(location)
  const { here, elsewhere, request } = stores
  const late = expectClaimed(await here.claimRefresh({ ...request, lease: 1 }))
  const current = expectClaimed(await elsewhere.claimRefresh({ ...request, wait: 20_000 }))
  return { ...stores, late, current }
}

describeDatabases(({ createLocation }) => {
  describe('claiming a refresh', () => {
    test('is refused while another holds it, however many ask, who would else all send the same token', async () => {
      const { here, elsewhere, grantId, request } = await createTwoStores(await createLocation())
      const unclaimed = await Promise.all([here.findGrant(grantId), elsewhere.findGrant(grantId)])
      expect(new Set(unclaimed.map((grant) => grant?.tokens.refreshToken)).size).toBe(1)

      const claims = await Promise.all(
        Array.from({ length: 25 }, () => [here.claimRefresh(request), elsewhere.claimRefresh(request)]).flat(),
      )
      const outcomes = claims.map(({ outcome }) => outcome)
      expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(49)
    })

    test('hands the pair to the one who may send it', async () => {
      const { here, request } = await createTwoStores(await createLocation())
      expect(await here.claimRefresh(request)).toMatchObject({
        outcome: 'claimed',
        attempt: 1,
        grant: { version: request.version, tokens: createSignIn().tokens },
      })
    })

    test('is refused for a version that has been replaced, and gives the new pair', async () => {
      const { here, elsewhere, request } = await createTwoStores(await createLocation())
      await here.replaceTokens({ ...request, ...nextPair })
      expect(await elsewhere.claimRefresh(request)).toMatchObject({
        outcome: 'replaced',
        grant: { version: request.version + 1, tokens: nextPair.tokens },
      })
    })

    test('is refused for a grant that has ended', async () => {
      const { here, elsewhere, grantId, version, request } = await createTwoStores(await createLocation())
      await here.endGrant(grantId, version)
      expect(await elsewhere.claimRefresh(request)).toEqual({ outcome: 'ended' })
    })

    test('leaves everybody else alone: sessions open and the grant is read while it is held', async () => {
      const { here, elsewhere, secret, grantId, request } = await createTwoStores(await createLocation())
      await here.claimRefresh(request)
      expect(await elsewhere.openSession(secret)).not.toBeNull()
      expect(await elsewhere.findGrant(grantId)).toMatchObject({ tokens: createSignIn().tokens })
    })
  })

  describe('waiting for a refresh', () => {
    test('ends with the new pair, for all who wait', async () => {
      const { here, elsewhere, request } = await createTwoStores(await createLocation())
      await here.claimRefresh(request)
      const waiting = Array.from({ length: 10 }, () => elsewhere.claimRefresh({ ...request, wait: 20_000 }))
      await here.replaceTokens({ ...request, ...nextPair })
      for (const claim of await Promise.all(waiting)) {
        expect(claim).toMatchObject({ outcome: 'replaced', grant: { tokens: nextPair.tokens } })
      }
    })

    test('ends when the grant does', async () => {
      const { here, elsewhere, grantId, version, request } = await createTwoStores(await createLocation())
      await here.claimRefresh(request)
      const waiting = elsewhere.claimRefresh({ ...request, wait: 20_000 })
      await here.endGrant(grantId, version)
      expect(await waiting).toEqual({ outcome: 'ended' })
    })

    test('ends with the claim when the holder gives it up', async () => {
      const { here, elsewhere, grantId, request } = await createTwoStores(await createLocation())
      const { claimId } = expectClaimed(await here.claimRefresh(request))
      const waiting = elsewhere.claimRefresh({ ...request, wait: 20_000 })
      await here.releaseRefresh({ grantId, claimId, mayBeSpent: false })
      expect(await waiting).toMatchObject({ outcome: 'claimed', attempt: 1 })
    })

    test('ends unanswered when its own time is over', async () => {
      const { here, elsewhere, request } = await createTwoStores(await createLocation())
      await here.claimRefresh(request)
      const claim = await elsewhere.claimRefresh({ ...request, wait: 100 })
      expect(claim).toEqual({ outcome: 'held', remaining: expect.any(Number) as number })
    })
  })

  describe('a holder that dies', () => {
    test('is followed when its lease ends, and its attempt counts', async () => {
      const { location, here, grantId, version } = await createTwoStores(await createLocation())
      expect(await claimAndDie(location, { grantId, version, lease: 1_000 })).toBe('claimed')
      const claim = await here.claimRefresh({ grantId, version, lease: 60_000, wait: 20_000 })
      expect(claim).toMatchObject({ outcome: 'claimed', attempt: 2 })
    })
  })

  describe('a lost answer', () => {
    test('lets the refresh token be sent once more, and then no more', async () => {
      const { here, elsewhere, request } = await createTwoStores(await createLocation())
      await loseAnswer(here, request)
      await loseAnswer(elsewhere, request)
      for (const store of [here, elsewhere]) {
        expect(await store.claimRefresh(request)).toMatchObject({
          outcome: 'spent',
          grant: { tokens: createSignIn().tokens },
        })
      }
    })

    test('is not taken for one where Sentry has refused or was not reached, as often as that happens', async () => {
      const { here, grantId, request } = await createTwoStores(await createLocation())
      for (let outage = 0; outage < 5; outage += 1) {
        const { claimId, attempt } = expectClaimed(await here.claimRefresh(request))
        expect(attempt).toBe(1)
        await here.releaseRefresh({ grantId, claimId, mayBeSpent: false })
      }
    })

    test('is forgotten when Sentry still takes the access token, which a used refresh token would have ended', async () => {
      const { here, elsewhere, grantId, version, request } = await createTwoStores(await createLocation())
      await loseAnswer(here, request)
      await loseAnswer(here, request)
      await elsewhere.confirmUnspent(grantId, version)
      expect(await here.claimRefresh(request)).toMatchObject({ outcome: 'claimed', attempt: 1 })
    })

    test('is not forgotten for the word of somebody who speaks of another version, or during an attempt', async () => {
      const { here, elsewhere, grantId, version, request } = await createTwoStores(await createLocation())
      await loseAnswer(here, request)
      await elsewhere.confirmUnspent(grantId, version - 1)
      const { claimId, attempt } = expectClaimed(await here.claimRefresh(request))
      expect(attempt).toBe(2)
      await elsewhere.confirmUnspent(grantId, version)
      await here.releaseRefresh({ grantId, claimId, mayBeSpent: true })
      expect(await here.claimRefresh(request)).toMatchObject({ outcome: 'spent' })
    })

    test('is forgotten with the pair it was about', async () => {
      const { here, request } = await createTwoStores(await createLocation())
      await loseAnswer(here, request)
      const { claimId } = expectClaimed(await here.claimRefresh(request))
      await here.replaceTokens({ ...request, ...nextPair })
      const next = { ...request, version: request.version + 1 }
      expect(await here.claimRefresh(next)).toMatchObject({ outcome: 'claimed', attempt: 1 })
      await here.releaseRefresh({ grantId: request.grantId, claimId, mayBeSpent: false })
      expect(await here.claimRefresh(next)).toMatchObject({ outcome: 'held' })
    })
  })

  describe('a holder that comes late', () => {
    test('does not overwrite a newer pair', async () => {
      const { here, elsewhere, grantId, request } = await overtake(await createLocation())
      expect(await elsewhere.replaceTokens({ ...request, ...nextPair })).toBe(true)
      expect(await here.replaceTokens({ ...request, ...pairOf('late') })).toBe(false)
      expect(await here.findGrant(grantId)).toMatchObject({ tokens: nextPair.tokens })
    })

    test('does not end what has been replaced', async () => {
      const { here, elsewhere, grantId, version, request, secret } = await overtake(await createLocation())
      await elsewhere.replaceTokens({ ...request, ...nextPair })
      expect(await here.endGrant(grantId, version)).toBe(false)
      expect(await here.openSession(secret)).not.toBeNull()
    })

    test('does not give up the claim of the one who overtook it', async () => {
      const { here, grantId, request, late } = await overtake(await createLocation())
      await here.releaseRefresh({ grantId, claimId: late.claimId, mayBeSpent: false })
      expect(await here.claimRefresh(request)).toMatchObject({ outcome: 'held' })
    })

    test('saves the pair it did get, since Sentry gives only one and the other will hear invalid_grant', async () => {
      const { here, elsewhere, grantId, version, request, current } = await overtake(await createLocation())
      expect(await here.replaceTokens({ ...request, ...pairOf('late') })).toBe(true)
      expect(await elsewhere.endGrant(grantId, version)).toBe(false)
      expect(await elsewhere.claimRefresh(request)).toMatchObject({
        outcome: 'replaced',
        grant: { tokens: pairOf('late').tokens },
      })
      await elsewhere.releaseRefresh({ grantId, claimId: current.claimId, mayBeSpent: true })
    })

    test('saves nothing when the person has signed out meanwhile', async () => {
      const { here, elsewhere, grantId, request, secret } = await overtake(await createLocation())
      const opened = await elsewhere.openSession(secret)
      await elsewhere.endSession(opened!.session.id)
      expect(await here.replaceTokens({ ...request, ...pairOf('late') })).toBe(false)
      expect(await here.findGrant(grantId)).toBeNull()
    })
  })

  describe('processes whose clocks disagree', () => {
    test.each([anHour, -anHour])('do not take a lease from each other (%i ms apart)', async (skew) => {
      const clock = () => new Date(Date.now() + skew)
      const { here, elsewhere, request } = await createTwoStores(await createLocation(), { elsewhere: { clock } })
      const { claimId } = expectClaimed(await here.claimRefresh(request))
      expect(await elsewhere.claimRefresh(request)).toMatchObject({ outcome: 'held' })
      await here.releaseRefresh({ grantId: request.grantId, claimId, mayBeSpent: false })
      expect(await elsewhere.claimRefresh({ ...request, lease: 1 })).toMatchObject({ outcome: 'claimed' })
      expect(await here.claimRefresh({ ...request, wait: 20_000 })).toMatchObject({ outcome: 'claimed' })
    })
  })
})
