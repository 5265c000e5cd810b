import type { Organization } from '@sentry-graph/sentry-api'
import { type GraphContext, requireSignedIn } from './context.ts'
import type { OrganizationSource } from './node-source.ts'

/** What is known of an organization, asked for (together with its siblings) where only the id is. */
export function organizationRecord(
  { record, sentryId }: OrganizationSource,
  context: GraphContext,
): Organization | Promise<Organization> {
  return record ?? requireSignedIn(context).loaders.organizations.load(sentryId)
}
