import type { UsageCount } from '../../world/usage.ts'
import { badRequest } from '../api-error.ts'
import { readResolution, type Resolution } from '../parameters/resolution.ts'

const quantities = {
  'sum(quantity)': ({ quantity }: UsageCount) => quantity,
  'sum(times_seen)': ({ timesSeen }: UsageCount) => timesSeen,
} as const

const dimensions = ['outcome', 'category', 'reason', 'project'] as const
const categories: ReadonlySet<string> = new Set([
  'error',
  'default',
  'security',
  'transaction',
  'transaction_indexed',
  'span',
  'span_indexed',
  'attachment',
  'replay',
  'profile',
  'profile_duration',
  'profile_duration_ui',
  'profile_chunk',
  'profile_chunk_ui',
  'monitor',
  'monitor_seat',
  'session',
  'feedback',
  'user_report_v2',
  'log_item',
  'log_byte',
  'uptime',
])
/** Every outcome that Sentry knows, whether or not the sandbox has any of it. */
export const outcomes = [
  'accepted',
  'filtered',
  'rate_limited',
  'invalid',
  'abuse',
  'client_discard',
  'cardinality_limited',
] as const

export type UsageDimension = (typeof dimensions)[number]

/** A question about what projects sent: what to add up, in which groups, and what to leave out. */
export interface UsageQuery extends Resolution {
  fields: readonly { name: string; read: (count: UsageCount) => number }[]
  groupBy: readonly UsageDimension[]
  fits: (count: UsageCount) => boolean
}

/**
 * Reads the parameters that stats_v2 and stats-summary share.
 *
 * @throws {ApiError} 400 that names the field, dimension, category or outcome which does not exist, or says what is missing.
 */
export function readUsageQuery(query: URLSearchParams, now: Date, ownGroupBy?: readonly UsageDimension[]): UsageQuery {
  const names = query.getAll('field')
  if (names.length === 0) throw badRequest('At least one "field" is required.')
  const resolution = readResolution(query, now)
  const fields = names.map(readField)
  const groupBy = ownGroupBy ?? query.getAll('groupBy').map(readDimension)
  if (!query.has('category') && !groupBy.includes('category')) {
    throw badRequest('Query must have category as groupby or filter')
  }
  return { ...resolution, fields, groupBy, fits: readFilter(query) }
}

function readField(name: string): UsageQuery['fields'][number] {
  if (name === 'sum(quantity)' || name === 'sum(times_seen)') return { name, read: quantities[name] }
  throw badRequest(`Invalid field: "${name}"`)
}

function readDimension(name: string): UsageDimension {
  const dimension = dimensions.find((candidate) => candidate === name)
  if (dimension === undefined) throw badRequest(`Invalid groupBy: "${name}"`)
  return dimension
}

function readFilter(query: URLSearchParams): UsageQuery['fits'] {
  const wanted = {
    category: query.getAll('category').map(readCategory),
    outcome: query.getAll('outcome').map(readOutcome),
    reason: query.getAll('reason'),
  }
  if (wanted.category.includes('attachment') && new Set(wanted.category).size > 1) {
    throw badRequest('if filtering by attachment no other category may be present')
  }
  return (count) =>
    admits(wanted.category, count.category) &&
    admits(wanted.outcome, count.outcome) &&
    admits(wanted.reason, nameReason(count))
}

const admits = (values: readonly string[], value: string) => values.length === 0 || values.includes(value)

/** Default and security events count as errors. */
function readCategory(name: string): string {
  const singular = name === 'replays' || name === 'profiles' ? name.slice(0, -1) : name
  if (!categories.has(singular)) throw badRequest(`Invalid category: "${name}"`)
  return singular === 'default' || singular === 'security' ? 'error' : singular
}

function readOutcome(name: string): string {
  if (!outcomes.some((outcome) => outcome === name)) throw badRequest(`Invalid outcome: "${name}"`)
  return name
}

/** What was accepted has the reason `none`. */
export const nameReason = ({ reason }: UsageCount): string => (reason === '' ? 'none' : reason)
