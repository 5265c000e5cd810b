import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { readEventId } from '../event-id.ts'
import { eventSource, type EventSource, issueSource, projectSource } from '../node-source.ts'
import { organizationRecord } from '../organization-record.ts'
import { permalink } from '../permalink.ts'
import { addEventDetails } from './event-details.ts'
import { EventUserRef } from './event-user.ts'
import { IssueRef } from './issue.ts'
import { NodeRef } from './node.ts'
import { organizationDescription, organizationPlan, OrganizationRef } from './organization.ts'
import { ProjectRef } from './project.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

export const EventRef = new ObjectRef<GraphTypes, EventSource>('Event')
const EventTagRef = new ObjectRef<GraphTypes, EventSource['record']['tags'][number]>('EventTag')

export function addEvent(builder: GraphBuilder): void {
  builder.objectType(EventTagRef, {
    description: 'A tag of an event.',
    fields: (t) => ({
      key: t.exposeString('key', { nullable: false, description: `Its name, such as \`browser\`. ${source}` }),
      value: t.exposeString('value', { description: `What it says. ${source}` }),
    }),
  })
  builder.objectType(EventRef, {
    description: `One time that something happened. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      eventId: t.string({
        nullable: false,
        description: `Sentry’s id, 32 hex digits. ${source}`,
        resolve: ({ record }) => record.eventId,
      }),
      title: t.string({
        nullable: false,
        description: `Its headline; the id where it has none. ${source}`,
        resolve: ({ record }) => record.title ?? record.eventId,
      }),
      message: t.string({ description: `What was logged. ${source}`, resolve: ({ record }) => record.message }),
      culprit: t.string({
        description: `Where in the code it comes from. ${source}`,
        resolve: ({ record }) => record.culprit,
      }),
      location: t.string({
        description: `The file or page it comes from. ${source}`,
        resolve: ({ record }) => record.location,
      }),
      type: t.string({
        description: `What kind of event it is, in Sentry’s growing list. ${source}`,
        resolve: ({ record }) => record.type,
      }),
      platform: t.string({
        description: `What it was sent by, in Sentry’s growing list. ${source}`,
        resolve: ({ record }) => record.platform,
      }),
      permalink: t.field({
        type: 'URI',
        description:
          'Its page in Sentry’s web UI; null where it belongs to no issue. Reached from a node id it costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`).',
        extensions: asksSentry(organizationPlan),
        resolve: async ({ organization, record: { issueId, eventId } }, _, context) => {
          if (issueId === null) return null
          const page = `issues/${issueId}/events/${eventId}/`
          return permalink(await organizationRecord(organization, context), context.gateway.sentryUrl, { page })
        },
      }),
      occurredAt: t.field({
        type: 'DateTime',
        description: `When it happened; null for transactions, which last. ${source}`,
        resolve: ({ record }) => record.dateCreated,
      }),
      environment: t.string({
        description: `Where it happened, such as \`production\`. ${source}`,
        resolve: ({ record }) => record.tags.find(({ key }) => key === 'environment')?.value,
      }),
      user: t.field({
        type: EventUserRef,
        description: `Whom it happened to. ${source}`,
        resolve: ({ record }) => record.user,
      }),
      tags: t.field({
        type: [EventTagRef],
        nullable: false,
        description: `Its tags. ${source}`,
        resolve: ({ record }) => record.tags,
      }),
      issue: t.field({
        type: IssueRef,
        description:
          'The issue it belongs to; null for a transaction, which belongs to none. Free where the issue led here, else it costs a call for all such issues of an organization: `GET organizations/{org}/issues/?group=…` (scope `event:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/issues/', serves: 'siblings' }),
        resolve: async ({ organization, record, issue }, _, context) => {
          if (issue || record.issueId === null) return issue
          const { issues } = requireSignedIn(context).loaders
          return issueSource(organization, await issues.load({ organization, key: record.issueId }))
        },
      }),
      project: t.field({
        type: ProjectRef,
        description:
          'The project it was sent to. Free where its issue led here, else it costs a call for all such projects of an organization: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`).',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/projects/', serves: 'siblings' }),
        resolve: async ({ organization, record, issue }, _, context) => {
          const known = issue?.record.project
          if (known) return projectSource(organization, known)
          if (record.projectId === null) return null
          const { projects } = requireSignedIn(context).loaders
          return projectSource(organization, await projects.load({ organization, key: record.projectId }))
        },
      }),
      organization: t.field({
        type: OrganizationRef,
        description: organizationDescription,
        resolve: ({ organization }) => organization,
      }),
    }),
  })
  addEventDetails(builder, EventRef)

  builder.objectField(OrganizationRef, 'event', (t) =>
    t.field({
      type: EventRef,
      description:
        'One event of any issue by its id; null with `NOT_FOUND` when Sentry keeps none. Costs a call per id: `GET organizations/{org}/eventids/{event}/` (scope `org:read`).',
      args: { eventId: t.arg.string({ required: true, description: 'Its 32 hex digits, with or without dashes.' }) },
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/eventids/{event}/', serves: 'parent' }),
      resolve: async (organization, { eventId }, context) => {
        const { events } = requireSignedIn(context).loaders
        return eventSource(organization, await events.load({ organization, key: readEventId(eventId) }))
      },
    }),
  )
}
