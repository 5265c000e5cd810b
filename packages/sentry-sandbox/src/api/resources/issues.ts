import type { Issue } from '../../world/issue.ts'
import type { Project } from '../../world/project.ts'
import { answerJson, type Answer } from '../answer.ts'
import { badRequest, forbidden } from '../api-error.ts'
import { limitRate, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { createViewer, eventReadScopes, eventWriteScopes, findIssue } from '../issues/issue-access.ts'
import { takeIssuePage } from '../issues/issue-page.ts'
import { presentIssue, type ListOptions } from '../issues/issue-representation.ts'
import { searchIssues } from '../issues/issue-search.ts'
import { updateIssues } from '../issues/issue-update.ts'
import { presentWholeIssue } from '../issues/whole-issue.ts'
import {
  hasProjectAccess,
  organizationOperation,
  organizationPath,
  type OrganizationAccess,
} from '../organization-access.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { openProject } from '../project-access.ts'

const maximumHits = 1000

/** Period names that the two lists take; `auto` is for the organization's alone. */
const organizationPeriods = ['', '24h', '14d', 'auto']
const projectPeriods = ['', '24h', '14d']

function listIssues(
  request: CallerRequest,
  access: OrganizationAccess,
  projects: readonly Project[],
  period: string,
): Answer {
  const { query } = request
  const direct = findDirectHit(request, access)
  if (direct !== null) return answerDirectHit(request, direct)
  const found = searchIssues(request, access, projects)
  const options = readOptions(
    query,
    period,
    found.filters.some(({ key }) => !groupKeys.has(key)),
  )
  const page = takeIssuePage(request, found.candidates, found.rank)
  const viewer = createViewer(request)
  return answerJson(
    page.items.map((candidate) => presentIssue(viewer, candidate, options)),
    {
      ...page.headers,
      'X-Hits': String(Math.min(found.candidates.length, maximumHits)),
      'X-Max-Hits': String(maximumHits),
    },
  )
}

/** Conditions about the issue, which all of its events meet. */
const groupKeys = new Set([
  'is',
  'assigned',
  'bookmarks',
  'project',
  'issue.priority',
  'issue.category',
  'issue',
  'issue.id',
  'level',
])

function readOptions(query: URLSearchParams, groupStatsPeriod: string, isFiltered: boolean): ListOptions {
  return {
    expand: new Set(query.getAll('expand')),
    collapse: new Set(query.getAll('collapse')),
    groupStatsPeriod,
    isRanged: ['statsPeriod', 'start', 'environment'].some((name) => Boolean(query.get(name))),
    isFiltered,
  }
}

/** @throws {ApiError} 400 for a period that the list does not have. */
function readPeriod(query: URLSearchParams, name: string, periods: readonly string[]): string {
  const period = query.getAll(name).at(-1) ?? '24h'
  if (!periods.includes(period)) throw badRequest("Invalid stats_period. Valid choices are '', '24h', and '14d'")
  return period
}

interface DirectHit {
  issue: Issue
  eventId: string | null
  environment: string | null
}

/** What a query finds that is nothing but the id of an event, or a short id that is to be looked up. */
function findDirectHit(request: CallerRequest, access: OrganizationAccess): DirectHit | null {
  const text = (request.query.getAll('query').at(-1) ?? '').trim()
  const event = /^[0-9a-f]{32}$/i.test(text) ? request.world.findEvent(text.toLowerCase()) : undefined
  const wantsShortId = ['1', 'true'].includes(request.query.get('shortIdLookup') ?? '')
  const name = event?.issue.id ?? (wantsShortId && /^[\w-]+-[0-9a-z]+$/i.test(text) ? text : '')
  const issue = name === '' ? undefined : findIssue(request, access, name)
  if (issue === undefined || !hasProjectAccess(access, issue.project)) return null
  return { issue, eventId: event?.id ?? null, environment: event?.environment ?? null }
}

function answerDirectHit(request: CallerRequest, { issue, eventId, environment }: DirectHit): Answer {
  const item = {
    ...presentWholeIssue(request, issue, readOptions(request.query, '24h', false)),
    matchingEventId: eventId,
    matchingEventEnvironment: environment,
  }
  return answerJson([item], { 'X-Sentry-Direct-Hit': '1' })
}

/** Exactly the issues of the given ids, whatever else is asked. */
function listGroups(
  request: CallerRequest,
  access: OrganizationAccess,
  ids: readonly string[],
  projects: readonly Project[],
): Answer {
  if (!ids.every((id) => /^\d+$/.test(id))) throw badRequest('Group ids must be integers')
  const issues = [...new Set(ids.flatMap((id) => findIssue(request, access, id) ?? []))]
  if (issues.some(({ project }) => !hasProjectAccess(access, project))) throw forbidden()
  const options = readOptions(request.query, readPeriod(request.query, 'groupStatsPeriod', organizationPeriods), false)
  return answerJson(
    issues
      .filter(({ project }) => projects.includes(project))
      .map((issue) => presentWholeIssue(request, issue, options)),
  )
}

const organizationList = organizationOperation(eventReadScopes, (request, access) => {
  const projects = selectProjects(request.query, access)
  if (projects.length === 0) return answerJson([])
  const ids = request.query.getAll('group')
  if (ids.length > 0) return listGroups(request, access, ids, projects)
  return listIssues(request, access, projects, readPeriod(request.query, 'groupStatsPeriod', organizationPeriods))
})

const organizationUpdate = organizationOperation(eventWriteScopes, (request, access) => {
  const ids = request.query.getAll('id')
  if (!ids.every((id) => /^\d+$/.test(id))) throw badRequest('Group ids must be integers')
  const projects = selectProjects(request.query, access)
  const selected = ids.length > 0 ? ids.flatMap((id) => findIssue(request, access, id) ?? []) : null
  if (selected?.some(({ project }) => !hasProjectAccess(access, project))) throw forbidden()
  return updateIssues(
    request,
    access,
    selected ??
      searchIssues(request, access, projects)
        .candidates.map(({ issue }) => issue)
        .slice(0, maximumHits),
  )
})

const projectPath = 'projects/:organization/:project/issues/'

const projectList = organizationOperation(eventReadScopes, (request, access) => {
  const project = openProject(request, access)
  const period = readPeriod(request.query, 'statsPeriod', projectPeriods)
  // Here the period only shapes the series.
  const query = new URLSearchParams([...request.query].filter(([name]) => name !== 'statsPeriod'))
  return listIssues({ ...request, query }, access, [project], period)
})

const projectUpdate = organizationOperation(eventWriteScopes, (request, access) => {
  const project = openProject(request, access)
  const ids = request.query.getAll('id')
  const issues = ids.flatMap((id) => findIssue(request, access, id) ?? []).filter((issue) => issue.project === project)
  return updateIssues(request, access, issues)
})

export const issueEndpoints: readonly Endpoint[] = [
  limitRate(
    { group: 'organization issues', limit: 10, window: 1, concurrency: 10 },
    organizationPath('organizations/:organization/issues/', { GET: organizationList, PUT: organizationUpdate }),
  ),
  limitRate(
    { group: 'project issues', limit: 5, window: 1, concurrency: 5 },
    organizationPath(projectPath, { GET: projectList, PUT: projectUpdate }),
  ),
]
