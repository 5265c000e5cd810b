import { formatSeconds } from '../../world/moment.ts'
import type { Project } from '../../world/project.ts'
import { answerJson, type Answer } from '../answer.ts'
import { badRequest } from '../api-error.ts'
import { limitRate, readScopes, type CallerRequest, type Endpoint, type EndpointRateLimit } from '../endpoint.ts'
import { organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { createBuckets } from '../parameters/interval.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { isOn } from '../parameters/switch.ts'
import { groupUsage } from '../usage/usage-groups.ts'
import { readUsageQuery, type UsageQuery } from '../usage/usage-query.ts'
import { formatSummary, summarizeUsage } from '../usage/usage-summary.ts'

/** What organizations are counted by: few a second. */
const statsRateLimit: EndpointRateLimit = { group: 'stats', limit: 20, window: 1, concurrency: 25 }

/** With `project` among the groups Sentry gives totals alone: neither series nor intervals. */
const stats = organizationEndpoint('organizations/:organization/stats_v2/', readScopes('org'), (request, access) => {
  const query = readUsageQuery(request.query, request.now)
  const groups = ask(request, chooseProjects(request, access, query), query)
  if (query.groupBy.includes('project')) {
    return answerJson({ ...presentRange(query), groups: groups.map(({ by, totals }) => ({ by, totals })) })
  }
  const intervals = createBuckets(query.range, query.interval).starts.map(formatSeconds)
  return answerJson({ ...presentRange(query), intervals, groups })
})

/**
 * Without a project (or with all of them), and unless projects are told apart, the numbers are those of the whole organization, whatever
 * the caller may see of it.
 */
function chooseProjects(
  { query }: CallerRequest,
  access: OrganizationAccess,
  { groupBy }: UsageQuery,
): readonly Project[] {
  const named = query.getAll('project').filter((text) => text !== '')
  const isTotal = named.every((text) => text === '-1') && !groupBy.includes('project')
  return isTotal ? access.organization.projects : requireProjects(selectProjects(query, access))
}

const summary = organizationEndpoint(
  'organizations/:organization/stats-summary/',
  readScopes('org'),
  (request, access) => {
    const query = readUsageQuery(request.query, request.now, [
      'project',
      'category',
      'outcome',
      ...(request.query.has('reason') ? (['reason'] as const) : []),
    ])
    const projects = requireProjects(selectProjects(request.query, access))
    const summaries = summarizeUsage(projects, ask(request, projects, query), query)
    return isOn(request.query, 'download')
      ? answerCsv(formatSummary(summaries))
      : answerJson({ ...presentRange(query), projects: summaries })
  },
)

function requireProjects(projects: Project[]): Project[] {
  if (projects.length === 0) throw badRequest('No projects available')
  return projects
}

function ask({ world, now }: CallerRequest, projects: readonly Project[], query: UsageQuery) {
  return groupUsage(
    projects.map((project) => world.historyOf(project)),
    query,
    now.getTime(),
  )
}

const presentRange = ({ range }: UsageQuery) => ({ start: formatSeconds(range.start), end: formatSeconds(range.end) })

function answerCsv(text: string): Answer {
  const headers = {
    'Content-Type': 'text/csv',
    'Content-Disposition': 'attachment; filename="stats_summary.csv"',
  }
  return { status: 200, body: text, headers }
}

export const usageEndpoints: readonly Endpoint[] = [stats, summary].map((endpoint) =>
  limitRate(statsRateLimit, endpoint),
)
