import type { GraphBuilder } from '../builder.ts'
import { asksSentry, type CallPlan } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { findResource } from '../resource-finder.ts'
import { wantedParts } from '../wanted-parts.ts'
import { readWebAddress, type WebPlace } from '../web-place.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

/** What is asked about a page, beside its organization. */
const endpoints: Record<Exclude<WebPlace['kind'], 'Organization'>, string> = {
  Project: 'GET organizations/{org}/projects/',
  Team: 'GET teams/{org}/{team}/',
  Issue: 'GET organizations/{org}/issues/',
  Event: 'GET organizations/{org}/eventids/{event}/',
  Release: 'GET organizations/{org}/releases/{version}/',
  Replay: 'GET organizations/{org}/replays/{replay}/',
  Monitor: 'GET projects/{org}/{project}/monitors/{monitor}/',
}

const plans: CallPlan[] = [
  { endpoint: 'GET organizations/{org}/', serves: 'parent', times: ({ url }) => (kindOf(url) === null ? 0 : 1) },
  ...Object.entries(endpoints).map(([kind, endpoint]): CallPlan => ({
    endpoint,
    serves: 'parent',
    times: ({ url }) => (kindOf(url) === kind ? 1 : 0),
  })),
]

export function addResource(builder: GraphBuilder): void {
  builder.queryField('resource', (t) =>
    t.field({
      type: UniformResourceLocatableRef,
      description:
        'What a page of Sentry’s web UI shows: an organization, project, team, issue, event, release, replay or monitor; null with `NOT_FOUND` when it is gone or not yours to see. Other hosts are refused without a call. Costs a call for the organization, `GET organizations/{org}/?detailed=0` (scope `org:read`), and one for what is in it, as the field of `Organization` that gives it.',
      args: { url: t.arg({ type: 'URI', required: true, description: 'The address as a browser shows it.' }) },
      extensions: asksSentry(...plans),
      resolve: async (_, { url }, context, info) => {
        const address = readWebAddress(url, context.gateway.sentryUrl)
        return await findResource(requireSignedIn(context), address, wantedParts(info, 1))
      },
    }),
  )
}

/** Null for what is refused without a call, as far as the address alone can tell. */
function kindOf(url: unknown): WebPlace['kind'] | null {
  const parsed = URL.parse(String(url))
  if (!parsed) return null
  // Which host is Sentry's the field itself finds out.
  const base = parsed.host.endsWith('.sentry.io') ? 'https://sentry.io' : parsed.origin
  try {
    return readWebAddress(parsed.href, base).place.kind
  } catch (error) {
    if (error instanceof GraphError) return null
    throw error
  }
}
