import { formatSeconds } from '../../world/moment.ts'
import { answerJson } from '../answer.ts'
import { badRequest } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { organizationEndpoint } from '../organization-access.ts'
import { takePage } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { createBuckets } from '../parameters/interval.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { maximumPoints, tooManyPoints } from '../parameters/resolution.ts'
import { isOn } from '../parameters/switch.ts'
import { groupSessions, type SessionGroup } from '../sessions/session-groups.ts'
import { readSessionQuery } from '../sessions/session-query.ts'

const statistics = organizationEndpoint(
  'organizations/:organization/sessions/',
  readScopes('org'),
  (request, access) => {
    const projects = selectProjects(request.query, access)
    if (projects.length === 0) throw badRequest('No projects available')
    const query = readSessionQuery(request.query, selectEnvironments(request.query, access.organization), request.now)
    const histories = projects.map((project) => access.world.historyOf(project))
    const groups = groupSessions(histories, query, request.now.getTime())
    const intervals = createBuckets(query.range, query.interval).starts
    const withSeries = isOn(request.query, 'includeSeries', true)
    if (withSeries && groups.length * intervals.length > maximumPoints) throw tooManyPoints()
    const page = chooseGroups(request, groups)
    const withTotals = isOn(request.query, 'includeTotals', true)
    return answerJson(
      {
        start: formatSeconds(query.range.start),
        end: formatSeconds(query.range.end),
        query: query.text,
        intervals: intervals.map(formatSeconds),
        groups: page.items.map(({ by, totals, series }) => ({
          by,
          ...(withTotals ? { totals } : {}),
          ...(withSeries ? { series } : {}),
        })),
      },
      page.headers,
    )
  },
)

/** Every group in one answer, unless pages are asked for. */
function chooseGroups(
  request: CallerRequest,
  groups: SessionGroup[],
): { items: SessionGroup[]; headers: Readonly<Record<string, string>> } {
  const isPaged = request.query.has('per_page') || request.query.has('cursor')
  return isPaged ? takePage(request, groups) : { items: groups, headers: {} }
}

/** Release health. */
export const sessionEndpoints: readonly Endpoint[] = [statistics]
