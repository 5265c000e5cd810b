import { listProjects, type Project } from '@sentry-graph/sentry-api'
import type { GraphBuilder } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import type { EdgeRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { addMergedConnection, alphabetical, connectOrganizations, mergedConnectionRef } from '../merged-connection.ts'
import { addressOf, projectSource, type ProjectSource } from '../node-source.ts'
import { searchableListArguments } from '../organization-list.ts'
import { readSearchText } from '../search-text.ts'
import { organizationListPlan } from '../viewer-organizations.ts'
import { ProjectRef, rememberProjects } from './project.ts'
import { ViewerRef } from './viewer.ts'

const ViewerProjectConnectionRef = mergedConnectionRef<ProjectSource>('Project')

// Sentry's own order inside an organization.
const order = {
  idOf: ({ id }: Project) => id,
  keyOf: ({ isBookmarked, slug }: Project) => `${isBookmarked === true ? 0 : 1}${slug}`,
  compare: alphabetical,
}

/** The projects of all organizations in one list. */
export function addViewerProjects(builder: GraphBuilder, edge: EdgeRef): void {
  addMergedConnection(builder, ViewerProjectConnectionRef, { node: ProjectRef, edge })

  builder.objectField(ViewerRef, 'projects', (t) =>
    t.field({
      type: ViewerProjectConnectionRef,
      description:
        'The projects of all organizations in all regions, bookmarked ones first, then by slug. Costs a call per organization: `GET organizations/{org}/projects/` (scope `org:read`); and one for the list of organizations.',
      args: searchableListArguments(
        t.arg,
        'Text in the name or slug, or Sentry’s `slug:`, `id:` and `is_member:1` terms.',
      ),
      extensions: asksSentry(organizationListPlan, {
        endpoint: 'GET organizations/{org}/projects/',
        serves: 'parent',
        eachOrganization: true,
      }),
      resolve: async (_, { query: text, ...args }, context) => {
        const signedIn = requireSignedIn(context)
        const query = readSearchText(text)
        const list = {
          identity: ['viewer.projects', query],
          includes: () => true,
          page: (organization: ProjectSource['organization'], options: { cursor?: string | null; perPage?: number }) =>
            listProjects(signedIn.sentry, addressOf(organization), { ...options, query }),
          order,
          remember: (organization: ProjectSource['organization'], records: readonly Project[]) =>
            rememberProjects(signedIn.loaders, organization, records),
          node: projectSource,
        }
        return await connectOrganizations(args, list, signedIn)
      },
    }),
  )
}
