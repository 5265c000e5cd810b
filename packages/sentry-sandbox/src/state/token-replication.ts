import type { TokenRecord } from './tokens.ts'

/** What the regions know of the tokens: the same as control, but later. */
export interface TokenReplication {
  /** Notes that a row of the token table came, changed or went. */
  note: (before: TokenRecord | null, after: TokenRecord | null) => void
  /** The token as a region sees it, given what control knows of it now. */
  see(accessToken: string, known: TokenRecord | null): TokenRecord | null
}

/** `delay` gives the seconds that news takes to the regions; 0 for at once. */
export function createTokenReplication(clock: () => Date, delay: () => number): TokenReplication {
  /** Per access token, until when the regions still see what was before. */
  const outdated = new Map<string, { until: number; before: TokenRecord | null }>()

  const sweep = (now: number) => {
    for (const [accessToken, { until }] of outdated) if (until <= now) outdated.delete(accessToken)
  }

  return {
    note(before, after) {
      if (delay() === 0) return
      const now = clock().getTime()
      sweep(now)
      const until = now + delay() * 1000
      if (after !== null) outdated.set(after.accessToken, { until, before: null })
      if (before !== null && before.accessToken !== after?.accessToken)
        outdated.set(before.accessToken, { until, before })
    },
    see(accessToken, known) {
      const entry = outdated.get(accessToken)
      return entry === undefined || entry.until <= clock().getTime() ? known : entry.before
    },
  }
}
