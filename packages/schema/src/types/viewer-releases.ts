import { listReleases, type Release } from '@sentry-graph/sentry-api'
import type { GraphBuilder } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import type { EdgeRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { readEnvironmentNames } from '../environment-names.ts'
import { addMergedConnection, connectOrganizations, largestFirst, mergedConnectionRef } from '../merged-connection.ts'
import { addressOf, releaseSource, type ReleaseSource } from '../node-source.ts'
import { countOrganizations, readProjectIdsByOrganization } from '../project-ids.ts'
import { readSearchText } from '../search-text.ts'
import { organizationListPlan } from '../viewer-organizations.ts'
import { releaseListArguments, ReleaseRef } from './release.ts'
import { ViewerRef } from './viewer.ts'

const ViewerReleaseConnectionRef = mergedConnectionRef<ReleaseSource>('Release')

const order = {
  idOf: ({ version }: Release) => version,
  keyOf: ({ dateCreated }: Release) => dateCreated?.getTime() ?? null,
  compare: largestFirst,
}

/** The releases of all organizations in one list. */
export function addViewerReleases(builder: GraphBuilder, edge: EdgeRef): void {
  addMergedConnection(builder, ViewerReleaseConnectionRef, { node: ReleaseRef, edge })

  builder.objectField(ViewerRef, 'releases', (t) =>
    t.field({
      type: ViewerReleaseConnectionRef,
      description:
        'The releases of all organizations in all regions, newest first, without archived ones. Costs a call per organization, of those that `projectIds` names when it does: `GET organizations/{org}/releases/` (scope `project:read`); and one for the list of organizations.',
      args: releaseListArguments(t.arg),
      extensions: asksSentry(organizationListPlan, {
        endpoint: 'GET organizations/{org}/releases/',
        serves: 'parent',
        eachOrganization: ({ projectIds }) => countOrganizations(projectIds),
      }),
      resolve: async (_, { query: text, projectIds, environments, ...args }, context) => {
        const signedIn = requireSignedIn(context)
        const projects = readProjectIdsByOrganization(projectIds)
        const search = { query: readSearchText(text), environments: readEnvironmentNames(environments) }
        const list = {
          identity: ['viewer.releases', JSON.stringify([search, projects && [...projects]])],
          includes: ({ sentryId }: ReleaseSource['organization']) => projects?.has(sentryId) ?? true,
          page: (organization: ReleaseSource['organization'], options: { cursor?: string | null; perPage?: number }) =>
            listReleases(signedIn.sentry, addressOf(organization), {
              ...options,
              search: { ...search, projects: projects?.get(organization.sentryId) ?? [] },
            }),
          order,
          remember: (organization: ReleaseSource['organization'], records: readonly Release[]) =>
            signedIn.loaders.releases.remember(organization, records),
          node: releaseSource,
        }
        return await connectOrganizations(args, list, signedIn)
      },
    }),
  )
}
