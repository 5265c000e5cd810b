import { z } from 'zod'
import { readList } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { flag, id, requiredText } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'
import { ALL_PROJECTS } from './selected-projects.ts'

const environmentShape = z.object({ id, name: requiredText, isHidden: flag })

/** An item of `GET organizations/{org}/environments/`, which does not say of it whether it is hidden. */
export type Environment = z.output<typeof environmentShape>

/**
 * The environments of all projects, all at once; hidden ones only when asked for.
 * `GET organizations/{org}/environments/`, scope `org:read`.
 */
export async function listEnvironments(
  client: SentryClient,
  organization: OrganizationAddress,
  { visibility }: { visibility: 'visible' | 'all' },
): Promise<Environment[]> {
  const endpoint = '/api/0/organizations/{org}/environments/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: { visibility, project: ALL_PROJECTS },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.named,
  })
  return readList(environmentShape, answer, endpoint)
}
