import type { SessionCounts } from '../../world/session-volume.ts'
import type { Project } from '../../world/project.ts'
import { badRequest } from '../api-error.ts'
import { readSearchQuery } from '../search-query.ts'
import type { SessionStatus } from './session-field.ts'

/** Which sessions a search is about. */
export interface SessionFilter {
  fits(project: Project, counts: SessionCounts): boolean
  hasStatus(status: SessionStatus): boolean
}

type Reader = (project: Project, counts: SessionCounts) => readonly string[]

const readers: Readonly<Record<string, Reader>> = {
  release: (_project, { release }) => [release.version],
  environment: (_project, { environment }) => [environment],
  project: ({ id, slug }) => [id, slug],
  'project.id': ({ id }) => [id],
}

/**
 * Reads a search over sessions: by release, environment, project and status, also negated and with lists in brackets.
 *
 * @throws {ApiError} 400 for what sessions cannot be searched by, free text and wildcards included.
 */
export function readSessionFilter(text: string): SessionFilter {
  const { terms, text: words } = readSearchQuery(new URLSearchParams({ query: text }))
  if (words !== '') throw badRequest('Invalid condition: free text search is not supported')
  const conditions = [...terms].map(([name, values]) => readCondition(name, values))
  const statuses = conditions.filter(({ key }) => key === 'session.status')
  const others = conditions.filter(({ key }) => key !== 'session.status')
  return {
    fits: (project, counts) => others.every(({ key, admits }) => admits(readers[key]?.(project, counts) ?? [])),
    hasStatus: (status) => statuses.every(({ admits }) => admits([status])),
  }
}

function readCondition(
  name: string,
  values: readonly string[],
): { key: string; admits: (found: readonly string[]) => boolean } {
  const key = name.replace(/^!/, '')
  if (key !== 'session.status' && !Object.hasOwn(readers, key)) throw badRequest(`Invalid search filter: ${key}`)
  const wanted = values.flatMap(readList)
  if (wanted.some((value) => value.includes('*'))) {
    throw badRequest('Invalid condition: wildcard search is not supported')
  }
  const isNegated = name.startsWith('!')
  return { key, admits: (found) => found.some((value) => wanted.includes(value)) !== isNegated }
}

/** `[a, b]` stands for either. */
function readList(value: string): string[] {
  return value.startsWith('[') && value.endsWith(']')
    ? value
        .slice(1, -1)
        .split(',')
        .map((part) => part.trim())
    : [value]
}
