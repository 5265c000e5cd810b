import type { ObjectRef } from '@pothos/core'
import type { IssueDetailPart } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { actorSource, type IssueSource, releaseSource, userSource } from '../node-source.ts'
import type { ActorRef } from './actor.ts'
import { IssueActivityRef } from './issue-activity.ts'
import { LinkAnnotationRef } from './link-annotation.ts'
import { ReleaseRef } from './release.ts'

const MOST_ACTIVITIES = 100

const endpoint = 'GET organizations/{org}/issues/{issue}/'
const cost = `Costs a call per issue, together with the other fields of this kind: \`${endpoint}\` (scope \`event:read\`).`
const extensions = asksSentry({ endpoint, serves: 'parent', ignoresArguments: true })

/** What only the answer about one issue tells; one call serves all of it. */
export function addIssueDetails(
  builder: GraphBuilder,
  issue: ObjectRef<GraphTypes, IssueSource>,
  actor: ActorRef,
): void {
  builder.objectField(issue, 'activity', (t) =>
    t.field({
      type: [IssueActivityRef],
      description: `What happened to it, the latest first; Sentry keeps about the last hundred. ${cost}`,
      args: { first: t.arg.int({ defaultValue: 20, description: 'How many at most: 1 to 100.' }) },
      extensions,
      resolve: async (source, { first }, context) => {
        const most = readMost(first)
        const { activity } = await loadDetail(source, context, [])
        return activity.slice(0, most).map((record) => ({ issue: source, record }))
      },
    }),
  )

  builder.objectField(issue, 'participants', (t) =>
    t.field({
      type: [actor],
      description: `The people and teams who are told about it. ${cost}`,
      extensions,
      resolve: async (source, _, context) => {
        const { participants } = await loadDetail(source, context, [])
        return participants.map((participant) =>
          'type' in participant
            ? actorSource(source.organization, participant)
            : userSource(source.organization, participant),
        )
      },
    }),
  )

  builder.objectFields(issue, (t) => ({
    firstRelease: t.field({
      type: ReleaseRef,
      description: `The release in which it was seen first; null where its events name none. ${cost}`,
      extensions,
      resolve: async (source, _, context) => {
        const { firstRelease } = await loadDetail(source, context, ['releases'])
        return firstRelease && releaseSource(source.organization, firstRelease)
      },
    }),
    lastRelease: t.field({
      type: ReleaseRef,
      description: `The release in which it was seen last; null where its events name none. ${cost}`,
      extensions,
      resolve: async (source, _, context) => {
        const { lastRelease } = await loadDetail(source, context, ['releases'])
        return lastRelease && releaseSource(source.organization, lastRelease)
      },
    }),
  }))

  builder.objectField(issue, 'externalLinks', (t) =>
    t.field({
      type: [LinkAnnotationRef],
      description: `The tickets that integrations and apps keep for it, mostly one per integration. ${cost}`,
      extensions,
      resolve: async (source, _, context) => {
        const { integrationIssues, sentryAppIssues } = await loadDetail(source, context, ['links'])
        return [...integrationIssues, ...sentryAppIssues].flatMap(({ label, url }) =>
          label === null && url === null ? [] : [{ label: label ?? 'Ticket', url }],
        )
      },
    }),
  )
}

function loadDetail({ organization, record }: IssueSource, context: GraphContext, parts: readonly IssueDetailPart[]) {
  return requireSignedIn(context).loaders.issueDetails.load({ organization, key: record.id }, parts)
}

function readMost(first: number | null | undefined): number {
  const most = first ?? 20
  if (most >= 1 && most <= MOST_ACTIVITIES) return most
  throw new GraphError('BAD_USER_INPUT', `"first" takes a number from 1 to ${MOST_ACTIVITIES}.`)
}
