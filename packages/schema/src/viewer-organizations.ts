import { LARGEST_PAGE, listOrganizations } from '@sentry-graph/sentry-api'
import type { SignedInContext } from './context.ts'
import { organizationSource, type OrganizationSource } from './node-source.ts'

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

/** That a field which merges all organizations asks for their list. */
export const organizationListPlan = { endpoint: 'GET organizations/', serves: 'operation' } as const
