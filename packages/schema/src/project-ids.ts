import { bounded } from './bounded.ts'
import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import type { OrganizationSource } from './node-source.ts'

/** Sentry's numbers of the projects that `projectIds` names. @throws GraphError `BAD_USER_INPUT` for ids of anything else. */
export function readProjectIds(
  ids: readonly string[] | null | undefined,
  organization: OrganizationSource,
): readonly string[] {
  return bounded('projectIds', ids).map((id) => readProjectId(id, organization))
}

function readProjectId(text: string, { sentryId }: OrganizationSource): string {
  const { kind, organizationId, id } = decodeGlobalId(text)
  if (kind !== 'Project' || organizationId !== sentryId) {
    throw new GraphError('BAD_USER_INPUT', '"projectIds" takes ids of projects of this organization.')
  }
  return id
}
