import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { GatewayFacts } from '../context.ts'
import { schemaHash } from '../schema-hash.ts'
import { UpstreamDeprecationRef } from './upstream-deprecation.ts'

const GatewayInfoRef = new ObjectRef<GraphTypes, GatewayFacts>('GatewayInfo')

const source = 'Known to the gateway; no Sentry call.'

export function addGatewayInfo(builder: GraphBuilder): void {
  builder.objectType(GatewayInfoRef, {
    description: `The server that answers this graph. ${source}`,
    fields: (t) => ({
      version: t.exposeString('version', { nullable: false, description: `Its version. ${source}` }),
      schemaHash: t.string({
        nullable: false,
        description: `SHA-256 of the printed schema: equal schemas, equal hashes. ${source}`,
        resolve: (_, __, ___, { schema }) => schemaHash(schema),
      }),
      sentryUrl: t.expose('sentryUrl', { type: 'URI', nullable: false, description: `The Sentry it asks. ${source}` }),
      isSelfHosted: t.exposeBoolean('isSelfHosted', {
        nullable: false,
        description: `Whether that is a Sentry of somebody’s own: neither sentry.io nor the sandbox. ${source}`,
      }),
      isSandbox: t.exposeBoolean('isSandbox', {
        nullable: false,
        description: `Whether that is the sandbox, whose data is made up. ${source}`,
      }),
      upstreamDeprecations: t.field({
        type: [UpstreamDeprecationRef],
        nullable: false,
        description:
          'The endpoints whose end Sentry has announced in its answers since this server started, at most one entry each. No Sentry call: read from the headers of earlier answers.',
        resolve: ({ deprecations }) => [...deprecations()],
      }),
      requestedScopes: t.exposeStringList('requestedScopes', {
        nullable: false,
        description: `The scopes a sign-in asks for. ${source}`,
      }),
    }),
  })

  builder.queryField('gateway', (t) =>
    t.field({
      type: GatewayInfoRef,
      nullable: false,
      description: `The server that answers this graph; open to everybody. ${source}`,
      resolve: (_, __, { gateway }) => gateway,
    }),
  )
}
