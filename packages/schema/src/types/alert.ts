import { ObjectRef } from '@pothos/core'
import { listWorkflows } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { addConnection, connectionArguments, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { addressOf, alertSource, type AlertSource } from '../node-source.ts'
import { connectPages } from '../page-connection.ts'
import { readProjectIds } from '../project-ids.ts'
import { readSearchText } from '../search-text.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, OrganizationRef } from './organization.ts'

const AlertRef = new ObjectRef<GraphTypes, AlertSource>('Alert')
const AlertConnectionRef = connectionRef<AlertSource>('Alert')

const endpoint = 'GET organizations/{org}/workflows/'
const source = `Sentry: \`${endpoint}\` (scope \`org:read\`).`

export function addAlert(builder: GraphBuilder): void {
  builder.objectType(AlertRef, {
    description: `A rule that tells somebody when something happens; Sentry calls it a workflow. ${source}`,
    interfaces: [NodeRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ record }) => record.id,
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the id where it has none. ${source}`,
        resolve: ({ record }) => record.name,
      }),
      isEnabled: t.boolean({
        description: `Whether it acts; null where Sentry does not say. ${source}`,
        resolve: ({ record }) => record.enabled,
      }),
      environment: t.string({
        description: `The environment it looks at; null for all. ${source}`,
        resolve: ({ record }) => record.environment,
      }),
      lastTriggered: t.field({
        type: 'DateTime',
        description: `When it last acted; null when it never did. ${source}`,
        resolve: ({ record }) => record.lastTriggered,
      }),
      rawOwner: t.string({
        description: `Who looks after it, in Sentry’s words: \`team:\` or \`user:\` and a numeric id. ${source}`,
        resolve: ({ record }) => record.owner,
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addConnection(builder, AlertConnectionRef, AlertRef)

  builder.objectField(OrganizationRef, 'alerts', (t) =>
    t.field({
      type: AlertConnectionRef,
      description: `The alerts of all projects the viewer may see, the oldest first. Costs a call: \`${endpoint}\` (scope \`org:read\`).`,
      args: {
        query: t.arg.string({ description: 'Text in the name.' }),
        projectIds: t.arg.idList({ description: 'Of any of these projects only; at most 50.' }),
        ...connectionArguments(t.arg),
      },
      extensions: asksSentry({ endpoint, serves: 'parent' }),
      resolve: async (organization, { query: text, projectIds, ...args }, context) => {
        const { sentry, loaders } = requireSignedIn(context)
        const [query, projects] = [readSearchText(text), readProjectIds(projectIds, organization)]
        return await connectPages(args, {
          identity: ['Organization.alerts', organization.sentryId, query, JSON.stringify(projects)],
          page: (options) => listWorkflows(sentry, addressOf(organization), { ...options, query, projects }),
          remember: (records) => loaders.alerts.remember(organization, records),
          node: (record) => alertSource(organization, record),
        })
      },
    }),
  )
}
