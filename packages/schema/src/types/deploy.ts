import { ObjectRef } from '@pothos/core'
import type { Deploy } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { encodePartId } from '../global-id.ts'
import type { OrganizationSource } from '../node-source.ts'
import { webAddress } from '../web-address.ts'

interface DeploySource {
  organization: OrganizationSource
  record: Deploy
}

export const DeployRef = new ObjectRef<GraphTypes, DeploySource>('Deploy')
export const DeployConnectionRef = connectionRef<DeploySource>('Deploy')

const source =
  'Sentry: `GET organizations/{org}/releases/{version}/deploys/` (scope `project:read`); the last one comes with the release.'

export function addDeploy(builder: GraphBuilder): void {
  builder.objectType(DeployRef, {
    description: `One time that a release was brought to an environment. ${source}`,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: `Unique among deploys, opaque; not the id of a node. ${source}`,
        resolve: ({ organization, record }) => encodePartId('Deploy', organization.sentryId, record.id),
      }),
      environment: t.string({
        description: `Where it was brought to, such as \`production\`. ${source}`,
        resolve: ({ record }) => record.environment,
      }),
      name: t.string({ description: `What it is called. ${source}`, resolve: ({ record }) => record.name }),
      url: t.field({
        type: 'URI',
        description: `A page about it. ${source}`,
        resolve: ({ record }) => webAddress(record.url),
      }),
      dateStarted: t.field({
        type: 'DateTime',
        description: `When it began. ${source}`,
        resolve: ({ record }) => record.dateStarted,
      }),
      dateFinished: t.field({
        type: 'DateTime',
        description: `When it was done. ${source}`,
        resolve: ({ record }) => record.dateFinished,
      }),
    }),
  })
  addConnection(builder, DeployConnectionRef, DeployRef)
}
