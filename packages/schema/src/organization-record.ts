import type { Organization } from '@sentry-graph/sentry-api'
import { type GraphContext, requireSignedIn } from './context.ts'
import type { OrganizationSource } from './node-source.ts'

/** What is known of an organization, asked for (together with its siblings) where only the id is. */
export async function organizationRecord(source: OrganizationSource, context: GraphContext): Promise<Organization> {
  return source.record ?? (await requireSignedIn(context).loaders.organizations.load(source.sentryId))
}
