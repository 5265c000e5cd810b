import type { WorldEvent } from '../../world/event.ts'
import { eventIdOfTrace } from '../../world/trace.ts'
import { answerJson } from '../answer.ts'
import { badRequest } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { readTimeRange } from '../parameters/time-range.ts'

/**
 * The errors of a trace in the organization, as far as the caller may see them: there are no spans to hang them on.
 *
 * @throws {ApiError} 400 for what is no id of a trace.
 */
function findErrors({ world, params, query, now }: CallerRequest, access: OrganizationAccess): WorldEvent[] {
  readTimeRange(query, now)
  const traceId = (params['trace'] ?? '').replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(traceId)) throw badRequest('Invalid trace id')
  const event = world.findEvent(eventIdOfTrace(traceId))
  if (event === undefined || event.issue.organization !== access.organization) return []
  return hasProjectAccess(access, event.issue.project) ? [event] : []
}

function presentError({ id, moment, issue }: WorldEvent): object {
  return {
    event_type: 'error',
    event_id: id,
    description: issue.title,
    project_id: Number(issue.project.id),
    project_slug: issue.project.slug,
    transaction: issue.culprit ?? '',
    issue_id: Number(issue.id),
    short_id: issue.shortId,
    level: issue.level,
    culprit: issue.culprit,
    start_timestamp: moment / 1000,
    issue_type: 1,
  }
}

const tree = organizationEndpoint('organizations/:organization/trace/:trace/', readScopes('org'), (request, access) =>
  answerJson(findErrors(request, access).map(presentError)),
)

const meta = organizationEndpoint(
  'organizations/:organization/trace-meta/:trace/',
  readScopes('org'),
  (request, access) =>
    answerJson({
      errors: findErrors(request, access).length,
      logs: 0,
      performance_issues: 0,
      span_count: 0,
      span_count_map: {},
      transaction_child_count_map: [],
    }),
)

export const traceEndpoints: readonly Endpoint[] = [tree, meta]
