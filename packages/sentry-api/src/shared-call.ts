import type { Deadline } from './deadline.ts'
import { SentryApiError } from './sentry-api-error.ts'

/** What the work of a call knows of those who wait for it. */
export interface CallLife {
  /** Aborts, with the SentryApiError that they get, when the last of them has given up. */
  signal: AbortSignal
  /** Milliseconds for which somebody will wait. */
  remaining(): number
}

/** One call for everybody who asks the same at the same time: it ends with the last of them, not with the first. */
export interface SharedCall<T> {
  /** Whether all have given up: then nobody joins any more. */
  readonly isAbandoned: boolean
  /** Waits with the others, up to the deadline. @throws SentryApiError `timeout` */
  join(deadline: Deadline): Promise<T>
}

export function startSharedCall<T>(endpoint: string, work: (life: CallLife) => Promise<T>): SharedCall<T> {
  const controller = new AbortController()
  const waiting = new Set<Deadline>()
  const life = {
    signal: controller.signal,
    remaining: () => Math.max(0, ...[...waiting].map((deadline) => deadline.remaining())),
  }
  let outcome: Promise<T> | undefined

  return {
    get isAbandoned() {
      return controller.signal.aborted
    },
    join(deadline) {
      waiting.add(deadline)
      outcome ??= work(life)
      return deadline.wait(outcome, () => {
        waiting.delete(deadline)
        const error = new SentryApiError('timeout', 'Sentry did not answer in time.', { endpoint })
        if (waiting.size === 0) controller.abort(error)
        return error
      })
    },
  }
}
