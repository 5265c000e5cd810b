import { ObjectRef } from '@pothos/core'
import type { TagDistribution } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'

export const TagDistributionRef = new ObjectRef<GraphTypes, TagDistribution>('TagDistribution')
const TagValueRef = new ObjectRef<GraphTypes, TagDistribution['topValues'][number]>('TagValue')

const source = 'Sentry: `GET organizations/{org}/issues/{issue}/tags/{key}/` (scope `event:read`).'

export function addTagDistribution(builder: GraphBuilder): void {
  builder.objectType(TagValueRef, {
    description: 'How often a tag has one value in an issue.',
    fields: (t) => ({
      value: t.exposeString('value', { description: `The value; empty or null where events have none. ${source}` }),
      count: t.expose('count', { type: 'Count', description: `How many events have it. ${source}` }),
      firstSeen: t.expose('firstSeen', { type: 'DateTime', description: `When it first came. ${source}` }),
      lastSeen: t.expose('lastSeen', { type: 'DateTime', description: `When it last came. ${source}` }),
    }),
  })
  builder.objectType(TagDistributionRef, {
    description: 'How often the values of a tag occur in an issue.',
    fields: (t) => ({
      key: t.exposeString('key', { nullable: false, description: `The tag, such as \`browser\`. ${source}` }),
      name: t.exposeString('name', { description: `The tag as people would write it. ${source}` }),
      uniqueValues: t.expose('uniqueValues', { type: 'Count', description: `How many values there are. ${source}` }),
      totalValues: t.expose('totalValues', { type: 'Count', description: `How many events have the tag. ${source}` }),
      topValues: t.field({
        type: [TagValueRef],
        nullable: false,
        description: `The most frequent values, about ten. ${source}`,
        resolve: ({ topValues }) => topValues,
      }),
    }),
  })
}
