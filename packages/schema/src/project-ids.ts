import { bounded } from './bounded.ts'
import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import type { OrganizationSource } from './node-source.ts'

/**
 * Sentry's numbers of the projects that `projectIds` names.
 * @throws GraphError `BAD_USER_INPUT` for too many, for ids of anything else and for projects of another organization.
 */
export function readProjectIds(
  ids: readonly string[] | null | undefined,
  { sentryId }: OrganizationSource,
): readonly string[] {
  return decodeProjectIds(ids).map(({ organizationId, id }) => {
    if (organizationId === sentryId) return id
    throw new GraphError('BAD_USER_INPUT', '"projectIds" takes ids of projects of this organization.')
  })
}

/**
 * The same of several organizations, by the id of theirs; null when it names none, which means all.
 * @throws GraphError `BAD_USER_INPUT` for too many, and for ids of anything else.
 */
export function readProjectIdsByOrganization(
  ids: readonly string[] | null | undefined,
): ReadonlyMap<string, readonly string[]> | null {
  const projects = decodeProjectIds(ids)
  if (projects.length === 0) return null
  return new Map(
    [...Map.groupBy(projects, ({ organizationId }) => organizationId)].map(([organizationId, ofOne]) => [
      organizationId,
      ofOne.map(({ id }) => id),
    ]),
  )
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

function decodeProjectIds(ids: readonly string[] | null | undefined): { organizationId: string; id: string }[] {
  return bounded('projectIds', ids).map((text) => {
    const { kind, organizationId, id } = decodeGlobalId(text)
    if (kind === 'Project' && organizationId !== null) return { organizationId, id }
    throw new GraphError('BAD_USER_INPUT', '"projectIds" takes ids of projects.')
  })
}
