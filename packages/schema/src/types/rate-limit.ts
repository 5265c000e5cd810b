import { ObjectRef } from '@pothos/core'
import type { EndpointLimit } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { countReuses } from '../cost.ts'
import { EndpointLimitRef } from './endpoint-limit.ts'

const RateLimitRef = new ObjectRef<GraphTypes, { endpoints: EndpointLimit[] }>('RateLimit')

const source = 'No Sentry call: the gateway counts.'

export function addRateLimit(builder: GraphBuilder): void {
  builder.objectType(RateLimitRef, {
    description: 'What the viewer’s requests cost at Sentry.',
    fields: (t) => ({
      upstreamCalls: t.int({
        nullable: false,
        description: `The Sentry calls this operation has made when this field is answered; \`extensions.cost\` has the sum. ${source}`,
        resolve: (_, __, { sentry }) => sentry?.calls.length ?? 0,
      }),
      cacheHits: t.int({
        nullable: false,
        description: `The answers so far that were remembered from an earlier call. ${source}`,
        resolve: (_, __, { sentry }) => countReuses(sentry?.reuses ?? [], 'cached'),
      }),
      coalesced: t.int({
        nullable: false,
        description: `The answers so far that were shared with a call under way. ${source}`,
        resolve: (_, __, { sentry }) => countReuses(sentry?.reuses ?? [], 'shared'),
      }),
      upstreamBudget: t.int({
        nullable: false,
        description: `The Sentry calls one operation may make. ${source}`,
        resolve: (_, __, { budget }) => budget,
      }),
      endpoints: t.expose('endpoints', {
        type: [EndpointLimitRef],
        nullable: false,
        description: 'The endpoints asked so far. No Sentry call: read from the headers of earlier answers.',
      }),
    }),
  })

  builder.queryField('rateLimit', (t) =>
    t.field({
      type: RateLimitRef,
      description:
        'What Sentry said about rate limits in its answers to the viewer; null before the first of them and when signed out. No Sentry call.',
      resolve: (_, __, { rateLimits }) => {
        const endpoints = rateLimits?.entries() ?? []
        return endpoints.length === 0 ? null : { endpoints }
      },
    }),
  )
}
