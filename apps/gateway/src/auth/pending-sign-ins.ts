import { createHash, timingSafeEqual } from 'node:crypto'

/** A sign-in that has gone to Sentry and not come back. Everything in it stays in the browser's sealed cookie. */
export interface PendingSignIn {
  state: string
  codeVerifier: string
  /** Where the person wants to be afterwards: a path of ours. */
  returnPath: string
  /** Seconds since the epoch. */
  createdAt: number
  correlationId: string
}

/** A person may sign in in this many tabs at once. */
const MOST_PENDING = 10

/** Characters of JSON; sealed, encoded and beside the session cookie this stays below 4 KiB of Cookie header. */
const MOST_CHARACTERS = 2600

/** The pending sign-ins with one more; expired ones are forgotten, and the oldest when there is no room. */
export function addPending(pending: readonly PendingSignIn[], added: PendingSignIn, ttl: number): PendingSignIn[] {
  const living = pending.filter((signIn) => !hasExpired(signIn, added.createdAt, ttl))
  const kept = [...living, added].slice(-MOST_PENDING)
  while (kept.length > 1 && JSON.stringify(kept).length > MOST_CHARACTERS) kept.shift()
  return kept
}

/** The pending sign-in of a state. All are compared, each in constant time, so that timing tells nothing. */
export function findPending(pending: readonly PendingSignIn[], state: string): PendingSignIn | null {
  const wanted = digest(state)
  return pending.filter((signIn) => timingSafeEqual(digest(signIn.state), wanted))[0] ?? null
}

/** Whether a sign-in was begun more than `ttl` seconds before `now`. */
export function hasExpired({ createdAt }: PendingSignIn, now: number, ttl: number): boolean {
  return createdAt + ttl <= now
}

function digest(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}
