import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { findRegionName, isReachable, type RegionSource } from '../region-source.ts'

export const RegionRef = new ObjectRef<GraphTypes, RegionSource>('Region')

// However many organizations there are, they live in few regions; Sentry has two.
const probes = ['first region', 'second region', 'third region']

export function addRegion(builder: GraphBuilder): void {
  builder.objectType(RegionRef, {
    description:
      'Where an organization’s data lives: one of sentry.io’s regions, or the one host of a self-hosted Sentry.',
    fields: (t) => ({
      name: t.string({
        description:
          'Sentry’s name for it, such as `us` or `de`; null on servers without regions. Costs a call for all regions of the operation: `GET users/me/regions/` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET users/me/regions/', serves: 'operation' }),
        resolve: async (region, _, context) => await findRegionName(requireSignedIn(context).sentry, region),
      }),
      url: t.expose('url', {
        type: 'URI',
        nullable: false,
        description:
          'Its API host. Sentry: `links.regionUrl` of `GET organizations/` (scope `org:read`), no call of its own.',
      }),
      reachable: t.boolean({
        description:
          'Whether it answers right now; null when that could not be found out, as when Sentry is asked too often. Costs a probe of its own: `GET organizations/?per_page=1` at the region (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/', serves: 'operation', calls: () => probes }),
        resolve: async (region, _, context) => await isReachable(requireSignedIn(context).sentry, region),
      }),
    }),
  })
}
