import type { SessionCounts } from '../../world/session-volume.ts'
import type { Project } from '../../world/project.ts'
import { badRequest } from '../api-error.ts'
import { readResolution, type Resolution } from '../parameters/resolution.ts'
import { readSessionFilter } from './session-filter.ts'
import { readSessionField, sessionStatuses, type SessionField, type SessionStatus } from './session-field.ts'

const dimensions = ['project', 'release', 'environment', 'session.status'] as const

export type SessionDimension = (typeof dimensions)[number]

/** A question about sessions: which numbers, in which groups, of which sessions. */
export interface SessionQuery extends Resolution {
  /** As it was asked. */
  text: string
  fields: readonly SessionField[]
  groupBy: readonly SessionDimension[]
  fits: (project: Project, counts: SessionCounts) => boolean
  statuses: readonly SessionStatus[]
  orderBy: { field: string; isDescending: boolean }
}

/**
 * @throws {ApiError} 400 for a field or dimension that sessions do not have, a rate by status, an order by something that is not asked
 * for, and a bad range or interval.
 */
export function readSessionQuery(
  query: URLSearchParams,
  environments: ReadonlySet<string> | null,
  now: Date,
): SessionQuery {
  const names = query.getAll('field')
  if (names.length === 0) throw badRequest('Request is missing a "field"')
  const fields = names.map(readSessionField)
  const groupBy = query.getAll('groupBy').map(readDimension)
  const rate = fields.find(({ isCount }) => !isCount)
  if (rate !== undefined && groupBy.includes('session.status')) {
    throw badRequest(`Cannot group field ${rate.name} by session.status`)
  }
  const text = query.getAll('query').at(-1) ?? ''
  const filter = readSessionFilter(text)
  return {
    ...readResolution(query, now),
    text,
    fields,
    groupBy,
    fits: (project, counts) =>
      (environments === null || environments.has(counts.environment)) && filter.fits(project, counts),
    statuses: sessionStatuses.filter((status) => filter.hasStatus(status)),
    orderBy: readOrder(query, fields),
  }
}

function readDimension(name: string): SessionDimension {
  const dimension = dimensions.find((candidate) => candidate === name)
  if (dimension === undefined) throw badRequest(`Invalid groupBy: "${name}"`)
  return dimension
}

/** Largest first by `sum(session)` or else the first field, unless something else is asked for. */
function readOrder(query: URLSearchParams, fields: readonly SessionField[]): SessionQuery['orderBy'] {
  const text = query.getAll('orderBy').at(-1) ?? ''
  const sum = fields.find(({ name }) => name === 'sum(session)') ?? fields[0]
  if (text === '') return { field: sum?.name ?? '', isDescending: true }
  const field = text.replace(/^-/, '')
  if (!fields.some(({ name }) => name === field)) throw badRequest("'orderBy' must be one of the provided 'fields'")
  return { field, isDescending: text.startsWith('-') }
}
