import type { GraphBuilder } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import type { EdgeRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import { selectedIssueParts } from '../issue-parts.ts'
import { addMergedConnection, mergedConnectionRef } from '../merged-connection.ts'
import type { IssueSource } from '../node-source.ts'
import { countOrganizations } from '../project-ids.ts'
import { connectViewerIssues } from '../viewer-issue-list.ts'
import { organizationListPlan } from '../viewer-organizations.ts'
import { issueListArguments } from './issue-list-arguments.ts'
import type { addIssueSort } from './issue-sort.ts'
import { IssueRef } from './issue.ts'
import { ViewerRef } from './viewer.ts'

const ViewerIssueConnectionRef = mergedConnectionRef<IssueSource>('Issue')

/** The issues of all organizations in one list. */
export function addViewerIssues(
  builder: GraphBuilder,
  { edge, sort }: { edge: EdgeRef; sort: ReturnType<typeof addIssueSort> },
): void {
  addMergedConnection(builder, ViewerIssueConnectionRef, { node: IssueRef, edge })

  builder.objectField(ViewerRef, 'issues', (t) =>
    t.field({
      type: ViewerIssueConnectionRef,
      description:
        'The issues of all organizations in all regions in one order, which `LAST_SEEN`, `FIRST_SEEN`, `EVENTS` and `USERS` have; the other sorts are Sentry’s own, inside one organization. Costs a call per organization, of those that `projectIds` names when it does: `GET organizations/{org}/issues/` (scope `event:read`); and one for the list of organizations.',
      args: issueListArguments(t.arg, sort),
      extensions: asksSentry(organizationListPlan, {
        endpoint: 'GET organizations/{org}/issues/',
        serves: 'parent',
        eachOrganization: ({ filter }) => countOrganizations(readProjectIds(filter)),
      }),
      resolve: async (_, args, context, info) =>
        await connectViewerIssues(args, selectedIssueParts(info), requireSignedIn(context)),
    }),
  )
}

function readProjectIds(filter: unknown): unknown {
  return typeof filter === 'object' && filter !== null && 'projectIds' in filter ? filter.projectIds : null
}
