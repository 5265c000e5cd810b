import { listOrganizations } from '@sentry-graph/sentry-api'
import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, givesAtMost } from '../call-plan.ts'
import { connectionArguments } from '../connection.ts'
import { requireSessions, requireSignedIn } from '../context.ts'
import { organizationSource, viewerSource, type ViewerSource, viewerUserSource } from '../node-source.ts'
import { connectPages } from '../page-connection.ts'
import { listRegionSources } from '../region-source.ts'
import { readSearchText } from '../search-text.ts'
import { NodeRef } from './node.ts'
import { OrganizationConnectionRef } from './organization.ts'
import { RegionRef } from './region.ts'
import { SessionRef } from './session.ts'
import { UserRef } from './user.ts'

export const ViewerRef = new ObjectRef<GraphTypes, ViewerSource>('Viewer')

export function addViewer(builder: GraphBuilder): void {
  builder.objectType(ViewerRef, {
    description: 'The signed-in person and everything their Sentry account may read.',
    interfaces: [NodeRef],
    fields: (t) => ({
      user: t.field({
        type: UserRef,
        nullable: false,
        description: 'Their profile as of the last sign-in. Known to the gateway; no Sentry call.',
        resolve: ({ viewer }) => viewerUserSource(viewer),
      }),
      session: t.field({
        type: SessionRef,
        nullable: false,
        description: 'The session this request was made with. Known to the gateway; no Sentry call.',
        resolve: ({ viewer }) => viewer.session,
      }),
      sessions: t.field({
        type: [SessionRef],
        description:
          'Their sessions that have not ended, the last used first. A client session sees none but itself. Known to the gateway; no Sentry call.',
        resolve: async ({ viewer: { session } }, _, context) =>
          session.kind === 'browser' ? await requireSessions(context).sessions.list() : [session],
      }),
      organizations: t.field({
        type: OrganizationConnectionRef,
        description:
          'The organizations they belong to, of all regions in one list. Costs a call: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/', serves: 'parent' }),
        args: {
          ...connectionArguments(t.arg),
          query: t.arg.string({ description: 'Text in the name or slug, or Sentry’s `slug:` and `id:` terms.' }),
        },
        resolve: async (_, { query: text, ...args }, context) => {
          const { sentry, loaders, organizationCount } = requireSignedIn(context)
          const query = readSearchText(text)
          const organizations = await connectPages(args, {
            identity: ['viewer.organizations', query],
            page: (options) => listOrganizations(sentry, { ...options, query }),
            remember: (records) => {
              for (const record of records) loaders.organizations.prime(record.id, record)
            },
            node: organizationSource,
          })
          if (query === null && organizations.totalCount !== null) organizationCount?.see(organizations.totalCount)
          return organizations
        },
      }),
      regions: t.field({
        type: [RegionRef],
        description:
          'One for each region where they have organizations; self-hosted servers are one nameless region. Costs a call: `GET users/me/regions/` (scope `org:read`).',
        extensions: { ...asksSentry({ endpoint: 'GET users/me/regions/', serves: 'operation' }), ...givesAtMost(5) },
        resolve: async (_, __, context) => await listRegionSources(requireSignedIn(context).sentry),
      }),
    }),
  })

  builder.queryField('viewer', (t) =>
    t.field({
      type: ViewerRef,
      description: 'The signed-in person; null when nobody is. Known to the gateway; no Sentry call.',
      resolve: (_, __, { viewer }) => viewer && viewerSource(viewer),
    }),
  )
}
