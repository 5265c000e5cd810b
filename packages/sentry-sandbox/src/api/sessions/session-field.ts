import { badRequest } from '../api-error.ts'
import type { SessionTally } from './session-tally.ts'

export const sessionStatuses = ['healthy', 'errored', 'crashed', 'abnormal'] as const

export type SessionStatus = (typeof sessionStatuses)[number]

/** A requested number. Rates are fractions of one, and null where there is nothing to divide by. */
export interface SessionField {
  name: string
  /** Whether it can be told apart by status. */
  isCount: boolean
  read(tally: SessionTally, statuses: readonly SessionStatus[]): number | null
}

type Subject = 'session' | 'user'

/** How many sessions, or people, of one status. */
function countStatus(tally: SessionTally, subject: Subject, status: SessionStatus): number {
  if (subject === 'session') {
    const { total, errored, crashed, abnormal } = tally
    return { healthy: total - errored - crashed - abnormal, errored, crashed, abnormal }[status]
  }
  const { users, usersErrored, usersCrashed } = tally
  return { healthy: users - usersErrored - usersCrashed, errored: usersErrored, crashed: usersCrashed, abnormal: 0 }[
    status
  ]
}

const totalOf = (tally: SessionTally, subject: Subject) => (subject === 'session' ? tally.total : tally.users)

const count =
  (subject: Subject): SessionField['read'] =>
  (tally, statuses) =>
    statuses.reduce((sum, status) => sum + countStatus(tally, subject, status), 0)

const rate =
  (subject: Subject, part: (tally: SessionTally, subject: Subject) => number): SessionField['read'] =>
  (tally) => {
    const total = totalOf(tally, subject)
    return total === 0 ? null : part(tally, subject) / total
  }

const rates: Readonly<Record<string, (tally: SessionTally, subject: Subject) => number>> = {
  crash_free_rate: (tally, subject) => totalOf(tally, subject) - countStatus(tally, subject, 'crashed'),
  crash_rate: (tally, subject) => countStatus(tally, subject, 'crashed'),
  errored_rate: (tally, subject) => countStatus(tally, subject, 'errored'),
  abnormal_rate: (tally, subject) => countStatus(tally, subject, 'abnormal'),
  unhandled_rate: () => 0,
}
const never: SessionField['read'] = rate('user', () => 0)
const durations = /^(?:avg|p50|p75|p90|p95|p99|max)\(session\.duration\)$/

/**
 * The field of that name. Durations are known but no longer recorded, so they are always null.
 *
 * @throws {ApiError} 400 for a field that sessions do not have.
 */
export function readSessionField(name: string): SessionField {
  if (name === 'sum(session)') return { name, isCount: true, read: count('session') }
  if (name === 'count_unique(user)') return { name, isCount: true, read: count('user') }
  if (name === 'anr_rate()' || name === 'foreground_anr_rate()') return { name, isCount: false, read: never }
  if (durations.test(name)) return { name, isCount: true, read: () => null }
  const [, kind = '', subject] = /^(\w+_rate)\((session|user)\)$/.exec(name) ?? []
  const part = Object.hasOwn(rates, kind) ? rates[kind] : undefined
  if (part === undefined) throw badRequest(`Invalid field: "${name}"`)
  return { name, isCount: false, read: rate(subject === 'user' ? 'user' : 'session', part) }
}
