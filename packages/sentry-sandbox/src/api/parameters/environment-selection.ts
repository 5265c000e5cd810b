import type { Organization } from '../../world/organization.ts'
import { notFound } from '../api-error.ts'

/**
 * The names of the environments that a request selects; null when it selects none, which means all of them.
 *
 * @throws {ApiError} 404 for an environment that no project of the organization has.
 */
export function selectEnvironments(query: URLSearchParams, { projects }: Organization): ReadonlySet<string> | null {
  const names = query.getAll('environment').filter((name) => name !== '')
  const isKnown = (name: string) => projects.some(({ environments }) => environments.includes(name))
  if (!names.every(isKnown)) throw notFound()
  return names.length === 0 ? null : new Set(names)
}
