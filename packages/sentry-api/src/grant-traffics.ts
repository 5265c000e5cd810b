import { createGrantTraffic, forgetAnswers, type GrantTraffic } from './grant-traffic.ts'

/** The traffic of each grant. One per process; what it forgets is asked and learnt again. */
export interface GrantTraffics {
  /** The traffic of a grant, made when it is first asked for. */
  of(grantId: string): GrantTraffic
  /** Drops what a grant that has ended leaves behind; what is under way for it leaves nothing more. */
  end(grantId: string): void
}

const MOST_GRANTS = 2000
/** Of answers as Sentry sent them; what is read from them takes several times as much. */
const MOST_BYTES = 32 * 1024 * 1024
/** Milliseconds between two looks for answers whose time is over, as long as there are any: people’s data does not lie around. */
const SWEEP = 30_000

/** @param now milliseconds of a clock that never goes back. */
export function createGrantTraffics(now: () => number = () => performance.now()): GrantTraffics {
  // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
  const traffics = new Map<string, GrantTraffic>()
  let size = 0
  let sweeping: NodeJS.Timeout | undefined

  return {
    of(grantId) {
      const traffic = traffics.get(grantId) ?? createGrantTraffic(resize, now)
      traffics.delete(grantId)
      traffics.set(grantId, traffic)
      makeRoom(traffic)
      return traffic
    },
    end,
  }

  function end(grantId: string): void {
    const traffic = traffics.get(grantId)
    if (!traffic) return
    traffics.delete(grantId)
    forgetAnswers(traffic)
    traffic.answers.close()
  }

  function resize(difference: number): void {
    size += difference
    if (size > 0) sweeping ??= setTimeout(sweep, SWEEP).unref()
  }

  function sweep(): void {
    sweeping = undefined
    for (const { answers } of traffics.values()) answers.dropExpired()
    if (size > 0) sweeping ??= setTimeout(sweep, SWEEP).unref()
  }

  /** The grants that were busy last keep theirs. */
  function makeRoom(inUse: GrantTraffic): void {
    for (const [grantId, traffic] of traffics) {
      if ((traffics.size <= MOST_GRANTS && size <= MOST_BYTES) || traffic === inUse) return
      end(grantId)
    }
  }
}
