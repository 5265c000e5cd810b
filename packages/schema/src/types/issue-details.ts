import type { ObjectRef } from '@pothos/core'
import { findIssueEvent, findIssueTag, SentryApiError, type TagDistribution } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { type SignedInContext, requireSignedIn } from '../context.ts'
import { eventEndpoint } from '../event-endpoint.ts'
import { GraphError } from '../graph-error.ts'
import { addressOf, type IssueSource } from '../node-source.ts'
import { readTagKey } from '../tag-key.ts'
import { EventRef } from './event.ts'
import { addEventPick } from './event-pick.ts'
import { TagDistributionRef } from './tag-distribution.ts'

const MOST_KEYS = 5
const MOST_ENVIRONMENTS = 50

/** What Sentry tells of one issue at a time. */
export function addIssueDetails(builder: GraphBuilder, issue: ObjectRef<GraphTypes, IssueSource>): void {
  const pick = addEventPick(builder)

  builder.objectField(issue, 'event', (t) =>
    t.field({
      type: EventRef,
      description: `One event with its exceptions, breadcrumbs and request; null with \`NOT_FOUND\` when Sentry keeps none. Costs a call per issue: ${eventEndpoint}.`,
      args: {
        pick: t.arg({ type: pick, required: true, defaultValue: 'recommended', description: 'Which one.' }),
        environments: t.arg.stringList({ description: 'Of one of these environments, at most 50.' }),
      },
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/issues/{issue}/events/{event}/', serves: 'parent' }),
      resolve: async ({ organization, record }, { pick: picked, environments }, context) => {
        const { sentry } = requireSignedIn(context)
        return await findIssueEvent(sentry, addressOf(organization), {
          issue: record.id,
          pick: picked,
          environments: atMost(MOST_ENVIRONMENTS, 'environments', environments ?? []),
        })
      },
    }),
  )

  builder.objectField(issue, 'tags', (t) =>
    t.field({
      type: [TagDistributionRef],
      description:
        'How the values of some tags are distributed; a tag that no event has is left out. Costs a call per issue and key: `GET organizations/{org}/issues/{issue}/tags/{key}/` (scope `event:read`).',
      args: {
        keys: t.arg.stringList({ required: true, description: 'At most 5 keys, such as `browser`.' }),
      },
      extensions: asksSentry({
        endpoint: 'GET organizations/{org}/issues/{issue}/tags/{key}/',
        serves: 'parent',
        calls: ({ keys }) => (Array.isArray(keys) ? [...new Set(keys.map(String))] : []),
      }),
      resolve: async (source, { keys }, context) => {
        const signedIn = requireSignedIn(context)
        const wanted = [...new Set(atMost(MOST_KEYS, 'keys', keys).map(readTagKey))]
        const found = await Promise.all(wanted.map((key) => findTag(signedIn, source, key)))
        return found.filter((tag) => tag !== null)
      },
    }),
  )
}

async function findTag(
  { sentry }: SignedInContext,
  { organization, record }: IssueSource,
  key: string,
): Promise<TagDistribution | null> {
  try {
    return await findIssueTag(sentry, addressOf(organization), { issue: record.id, key })
  } catch (error) {
    if (error instanceof SentryApiError && error.code === 'not_found') return null
    throw error
  }
}

function atMost(most: number, name: string, values: readonly string[]): readonly string[] {
  if (values.length > most) throw new GraphError('BAD_USER_INPUT', `"${name}" takes at most ${most} values.`)
  return values
}
