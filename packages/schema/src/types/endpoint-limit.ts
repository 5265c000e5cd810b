import { ObjectRef } from '@pothos/core'
import type { EndpointLimit } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'

export const EndpointLimitRef = new ObjectRef<GraphTypes, EndpointLimit>('EndpointLimit')

const source =
  'Null when Sentry does not say, as self-hosted servers do. No Sentry call: read from the headers of earlier answers.'

export function addEndpointLimit(builder: GraphBuilder): void {
  builder.objectType(EndpointLimitRef, {
    description: 'What Sentry last said about one endpoint’s rate limit, which counts all requests of the viewer.',
    fields: (t) => ({
      endpoint: t.exposeString('endpoint', {
        nullable: false,
        description: 'The path template, such as `/api/0/organizations/{org}/projects/`. No Sentry call.',
      }),
      region: t.string({
        description: 'The host that answered, such as `us.sentry.io`. No Sentry call.',
        resolve: ({ origin }) => URL.parse(origin)?.host,
      }),
      limit: t.exposeInt('limit', { description: `Requests allowed per window. ${source}` }),
      remaining: t.exposeInt('remaining', { description: `Requests left in the window. ${source}` }),
      resetAt: t.expose('resetAt', { type: 'DateTime', description: `The end of the window. ${source}` }),
      concurrentLimit: t.exposeInt('concurrentLimit', { description: `Requests allowed at the same time. ${source}` }),
      concurrentRemaining: t.exposeInt('concurrentRemaining', { description: `How many more may run now. ${source}` }),
    }),
  })
}
