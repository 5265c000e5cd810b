import { ObjectRef } from '@pothos/core'
import { type Environment, listEnvironments } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { encodePartId } from '../global-id.ts'
import { addressOf, type OrganizationSource } from '../node-source.ts'
import { OrganizationRef } from './organization.ts'

interface EnvironmentSource {
  organization: OrganizationSource
  record: Environment
}

const EnvironmentRef = new ObjectRef<GraphTypes, EnvironmentSource>('Environment')

const source = 'Sentry: `GET organizations/{org}/environments/` (scope `org:read`).'

export function addEnvironment(builder: GraphBuilder): void {
  builder.objectType(EnvironmentRef, {
    description: `Where an application runs, such as \`production\`; projects share it by its name. ${source}`,
    fields: (t) => ({
      id: t.id({
        nullable: false,
        description: `Unique among environments, opaque; not the id of a node. ${source}`,
        resolve: ({ organization, record }) => encodePartId('Environment', organization.sentryId, record.id),
      }),
      name: t.string({ nullable: false, description: `Its name. ${source}`, resolve: ({ record }) => record.name }),
      isHidden: t.boolean({
        description: `Whether all its projects keep it out of their menus; null where hidden ones were asked for too, for Sentry does not tell which they are. ${source}`,
        resolve: ({ record }) => record.isHidden,
      }),
    }),
  })

  builder.objectField(OrganizationRef, 'environments', (t) =>
    t.field({
      type: [EnvironmentRef],
      description:
        'The environments of all projects the viewer may see, all at once, usually about ten. Costs a call: `GET organizations/{org}/environments/` (scope `org:read`); the answer is kept for five minutes.',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/environments/', serves: 'parent' }),
      args: {
        includeHidden: t.arg.boolean({
          required: true,
          defaultValue: false,
          description: 'Whether to give those too that all their projects hide.',
        }),
      },
      resolve: async (organization, { includeHidden }, context) => {
        const visibility = includeHidden ? 'all' : 'visible'
        const { sentry } = requireSignedIn(context)
        const environments = await listEnvironments(sentry, addressOf(organization), { visibility })
        return environments.map((environment) => {
          const isHidden = includeHidden ? environment.isHidden : false
          return { organization, record: { ...environment, isHidden } }
        })
      },
    }),
  )
}
