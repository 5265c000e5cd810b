import { listOrganizations } from '@sentry-graph/sentry-api'
import type { SignedInContext } from './context.ts'
import { bounded } from './bounded.ts'
import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import { organizationSource, type OrganizationSource } from './node-source.ts'

const LARGEST_PAGE = 100

/** All organizations of the viewer in all regions, in the order of their ids. `GET organizations/`, a call per hundred. */
export async function listViewerOrganizations(context: SignedInContext): Promise<OrganizationSource[]> {
  const { sentry, loaders, organizationCount } = context
  const organizations: OrganizationSource[] = []
  let cursor: string | null = null
  do {
    const page = await listOrganizations(sentry, { perPage: LARGEST_PAGE, cursor })
    for (const record of page.items) {
      loaders.organizations.prime(record.id, record)
      organizations.push(organizationSource(record))
    }
    cursor = page.next
  } while (cursor !== null)
  organizationCount?.see(organizations.length)
  return organizations.toSorted((one, other) => (one.sentryId < other.sentryId ? -1 : 1))
}

/**
 * Sentry's numbers of the projects that `projectIds` names, by the id of their organization; null when it names none, which
 * means all. @throws GraphError `BAD_USER_INPUT` for ids of anything else.
 */
export function readProjectIdsByOrganization(
  ids: readonly string[] | null | undefined,
): ReadonlyMap<string, readonly string[]> | null {
  const projects = bounded('projectIds', ids).map(readProjectId)
  if (projects.length === 0) return null
  return new Map(
    [...Map.groupBy(projects, ({ organizationId }) => organizationId)].map(([organizationId, ofOne]) => [
      organizationId,
      ofOne.map(({ id }) => id),
    ]),
  )
}

function readProjectId(text: string): { organizationId: string; id: string } {
  const { kind, organizationId, id } = decodeGlobalId(text)
  if (kind !== 'Project' || organizationId === null) {
    throw new GraphError('BAD_USER_INPUT', '"projectIds" takes ids of projects.')
  }
  return { organizationId, id }
}

/** Of how many organizations `projectIds` names projects, for a call plan; null when it names none. */
export function countOrganizations(projectIds: unknown): number | null {
  try {
    return readProjectIdsByOrganization(Array.isArray(projectIds) ? projectIds.map(String) : [])?.size ?? null
  } catch (error) {
    // The field refuses them before it asks.
    if (error instanceof GraphError) return 0
    throw error
  }
}

/** That a field which merges all organizations asks for their list. */
export const organizationListPlan = { endpoint: 'GET organizations/', serves: 'operation' } as const
