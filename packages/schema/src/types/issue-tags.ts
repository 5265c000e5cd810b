import type { ObjectRef } from '@pothos/core'
import { findIssueTag, SentryApiError, type TagDistribution } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn, type SignedInContext } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { addressOf, type IssueSource } from '../node-source.ts'
import { readTagKey } from '../tag-key.ts'
import { TagDistributionRef } from './tag-distribution.ts'

const MOST_KEYS = 5
const unknownKeys = Array.from({ length: MOST_KEYS }, (_, index) => `key ${index}`)

const endpoint = 'GET organizations/{org}/issues/{issue}/tags/{key}/'
const detailEndpoint = 'GET organizations/{org}/issues/{issue}/'

export function addIssueTags(builder: GraphBuilder, issue: ObjectRef<GraphTypes, IssueSource>): void {
  builder.objectField(issue, 'tags', (t) =>
    t.field({
      type: [TagDistributionRef],
      description: `How the values of some tags are distributed; a tag that no event has is left out. Of one issue at a time: refused beneath a list. Costs a call per key: \`${endpoint}\` (scope \`event:read\`); without keys one more tells which there are, \`${detailEndpoint}\`.`,
      args: {
        keys: t.arg.stringList({
          description: 'At most 5 keys, such as `browser`; the first 5 that Sentry names when left out.',
        }),
      },
      extensions: asksSentry(
        {
          endpoint,
          serves: 'parent',
          calls: ({ keys }) => (Array.isArray(keys) ? [...new Set(keys.map(String))] : unknownKeys),
        },
        {
          endpoint: detailEndpoint,
          serves: 'parent',
          ignoresArguments: true,
          times: ({ keys }) => (Array.isArray(keys) ? 0 : 1),
        },
      ),
      resolve: async (source, { keys }, context, info) => {
        refuseInList(info)
        const signedIn = requireSignedIn(context)
        const wanted = keys ? readKeys(keys) : await listKeys(signedIn, source)
        const found = await Promise.all(wanted.map((key) => findTag(signedIn, source, key)))
        return found.filter((tag) => tag !== null)
      },
    }),
  )
}

// A page of issues would ask hundreds of times.
function refuseInList({ path }: GraphQLResolveInfo): void {
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step; step = step.prev) {
    if (typeof step.key === 'number') {
      throw new GraphError('BAD_USER_INPUT', 'Ask for the tags of one issue at a time, not beneath a list.')
    }
  }
}

function readKeys(keys: readonly string[]): string[] {
  if (keys.length > MOST_KEYS) throw new GraphError('BAD_USER_INPUT', `"keys" takes at most ${MOST_KEYS} values.`)
  return [...new Set(keys.map(readTagKey))]
}

async function listKeys({ loaders }: SignedInContext, { organization, record }: IssueSource): Promise<string[]> {
  const { tags } = await loaders.issueDetails.load({ organization, key: record.id }, ['tags'])
  return tags.slice(0, MOST_KEYS).map(({ key }) => key)
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
