import { listIssues } from '@sentry-graph/sentry-api'
import type { GraphBuilder } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { type GraphContext, renewClient, requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { type IssueFilterInput, readIssueSearch } from '../issue-search.ts'
import { mapEvents } from '../live/event-stream.ts'
import type { FeedEvent } from '../live/issue-feed.ts'
import { addressOf, type OrganizationSource } from '../node-source.ts'
import { findVisibleOrganization } from '../organization-by-slug.ts'
import { readSlug } from '../slug.ts'
import { addIssueChanges, IssueChangesRef } from './issue-changes.ts'
import { IssueFilterRef } from './issue-filter.ts'

const MOST_SEEN = 100
/** What tells that an issue has changed. */
const parts = { numbers: true, isUnhandled: true, statsPeriod: null }

interface LiveEvent {
  organization: OrganizationSource
  event: FeedEvent
}

export function addIssueSubscription(builder: GraphBuilder): void {
  addIssueChanges(builder)
  builder.subscriptionField('issueChanges', (t) =>
    t.field({
      type: IssueChangesRef,
      description:
        'Changes of the issues of an organization, told as they are seen: Sentry is asked about every ten seconds, once for all who ask the same with one sign-in. Of many issues the 100 with the latest events are watched. Ends with `UNAUTHENTICATED` when the session does. Costs a call to begin, `GET organizations/{org}/?detailed=0` (scope `org:read`), and one each time: `GET organizations/{org}/issues/` (scope `event:read`).',
      extensions: asksSentry(
        { endpoint: 'GET organizations/{org}/', serves: 'parent' },
        { endpoint: 'GET organizations/{org}/issues/', serves: 'parent' },
      ),
      args: {
        organizationSlug: t.arg.string({ required: true, description: 'Its slug or numeric id.' }),
        filter: t.arg({ type: IssueFilterRef, description: 'Which issues; of every status when left out.' }),
      },
      subscribe: (_, { organizationSlug, filter }, context) => subscribe(context, organizationSlug, filter),
      resolve: ({ organization, event }, _, context) => {
        if (event.error !== null) throw event.error
        // What is asked about this event has a deadline and a memory of its own.
        if (event.sight.client) renewClient(context, event.sight.client)
        return { organization, sight: event.sight }
      },
    }),
  )
}

async function subscribe(
  context: GraphContext,
  slug: string,
  filter: IssueFilterInput | null | undefined,
): Promise<AsyncIterable<LiveEvent>> {
  const signedIn = requireSignedIn(context)
  const { live } = signedIn
  if (live === null) throw new GraphError('UNAUTHENTICATED', 'Sign in to ask this.')
  const organization = await findVisibleOrganization(signedIn, readSlug(slug))
  const search = readIssueSearch({ filter, sort: 'date' }, organization)
  const events = await live.feeds.subscribe({
    person: signedIn.viewer.user.id,
    viewer: live.viewer,
    question: JSON.stringify([organization.sentryId, search]),
    openClient: live.openClient,
    gone: live.gone,
    look: (client) => listIssues(client, addressOf(organization), { search, parts, perPage: MOST_SEEN }),
  })
  return mapEvents(events, (event) => ({ organization, event }))
}
