import { ObjectRef } from '@pothos/core'
import { listTagKeys, type TagKey } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { addressOf } from '../node-source.ts'
import { readProjectIds } from '../project-ids.ts'
import { readTimeRangeOrAll } from '../time-range.ts'
import { OrganizationRef } from './organization.ts'
import { TimeRangeRef } from './time-range.ts'

const TagKeyRef = new ObjectRef<GraphTypes, TagKey>('TagKey')

const source = 'Sentry: `GET organizations/{org}/tags/` (scope `org:read`).'

export function addTagKey(builder: GraphBuilder): void {
  builder.objectType(TagKeyRef, {
    description: `A tag that events have. ${source}`,
    fields: (t) => ({
      key: t.exposeString('key', { nullable: false, description: `The tag, such as \`browser\`. ${source}` }),
      name: t.exposeString('name', { description: `The tag as people would write it. ${source}` }),
      uniqueValues: t.expose('uniqueValues', {
        type: 'Count',
        description: `How many values it has; null where the server does not say. ${source}`,
      }),
      totalValues: t.expose('totalValues', {
        type: 'Count',
        description: `How many events have it; null where the server does not say. ${source}`,
      }),
    }),
  })

  builder.objectField(OrganizationRef, 'tagKeys', (t) =>
    t.field({
      type: [TagKeyRef],
      description:
        'The tags that error events have, all at once, usually about fifty. Costs a call: `GET organizations/{org}/tags/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/tags/', serves: 'parent' }),
      args: {
        projectIds: t.arg.idList({
          description: 'Of these projects only, at most 50; of all the viewer may see when left out.',
        }),
        range: t.arg({ type: TimeRangeRef, description: 'The time it covers; 90 days when left out.' }),
      },
      resolve: async (organization, { projectIds, range }, context) =>
        await listTagKeys(requireSignedIn(context).sentry, addressOf(organization), {
          projects: readProjectIds(projectIds, organization),
          range: readTimeRangeOrAll(range),
        }),
    }),
  )
}
