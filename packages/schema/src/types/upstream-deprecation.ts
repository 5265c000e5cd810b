import { ObjectRef } from '@pothos/core'
import type { Deprecation } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { listFieldsOf } from '../fields-of-endpoint.ts'

export const UpstreamDeprecationRef = new ObjectRef<GraphTypes, Deprecation>('UpstreamDeprecation')

const source = 'No Sentry call: read from the headers of earlier answers.'

export function addUpstreamDeprecation(builder: GraphBuilder): void {
  builder.objectType(UpstreamDeprecationRef, {
    description: `An endpoint that Sentry is going to take away. ${source}`,
    fields: (t) => ({
      endpoint: t.exposeString('endpoint', {
        nullable: false,
        description: `The path template, such as \`/api/0/organizations/{org}/teams/\`. ${source}`,
      }),
      deprecatedOn: t.expose('deprecatedOn', {
        type: 'DateTime',
        description: `From when on Sentry answers 410, at first for a minute a day; null when it names no date. ${source}`,
      }),
      replacement: t.exposeString('replacement', {
        description: `What Sentry names in its place; null when it names nothing. ${source}`,
      }),
      lastSeen: t.expose('lastSeen', {
        type: 'DateTime',
        nullable: false,
        description: `When an answer last said so. ${source}`,
      }),
      fields: t.stringList({
        nullable: false,
        description:
          'The fields of this graph that ask the endpoint, such as `Organization.teams`, each once. No Sentry call: from their call plans.',
        resolve: ({ endpoint }, _, __, { schema }) => listFieldsOf(schema, endpoint),
      }),
    }),
  })
}
