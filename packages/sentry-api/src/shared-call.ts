import type { Deadline } from './deadline.ts'
import { SentryApiError } from './sentry-api-error.ts'

/** What the work of a call knows of those who wait for it. */
export interface CallLife {
  /** Aborts, with the SentryApiError that they get, when the last of them has given up. */
  readonly signal: AbortSignal
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
  return new StartedCall(endpoint, work)
}

/** A class, and no object literal with a getter: see docs/decisions/0025-no-getters-in-object-literals.md. */
class StartedCall<T> implements SharedCall<T>, CallLife {
  readonly #endpoint: string
  readonly #work: (life: CallLife) => Promise<T>
  readonly #controller = new AbortController()
  readonly #waiting = new Set<Deadline>()
  #outcome: Promise<T> | undefined

  constructor(endpoint: string, work: (life: CallLife) => Promise<T>) {
    this.#endpoint = endpoint
    this.#work = work
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get isAbandoned(): boolean {
    return this.signal.aborted
  }

  remaining(): number {
    return Math.max(0, ...[...this.#waiting].map((deadline) => deadline.remaining()))
  }

  join(deadline: Deadline): Promise<T> {
    this.#waiting.add(deadline)
    this.#outcome ??= this.#work(this)
    return deadline.wait(this.#outcome, () => this.#leave(deadline))
  }

  #leave(deadline: Deadline): SentryApiError {
    this.#waiting.delete(deadline)
    const error = new SentryApiError('timeout', 'Sentry did not answer in time.', { endpoint: this.#endpoint })
    if (this.#waiting.size === 0) this.#controller.abort(error)
    return error
  }
}
