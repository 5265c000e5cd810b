import type { Replay } from '../../world/replay.ts'
import { errorsOf } from '../../world/replay-errors.ts'
import { answerJson } from '../answer.ts'
import { badRequest, notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { takePage } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { isOn } from '../parameters/switch.ts'
import { readTimeRange } from '../parameters/time-range.ts'
import { projectEndpoint } from '../project-access.ts'
import { countClickSelectors, presentClickSelector, type ClickSelector } from '../replays/click-selectors.ts'
import { presentReplay } from '../replays/replay-representation.ts'
import { listReplays, readReplayFields, searchReplays, sortReplays } from '../replays/replay-selection.ts'
import { readSearchQuery } from '../search-query.ts'
import type { Project } from '../../world/project.ts'

/** Replays come wrapped in `data`. */
const list = organizationEndpoint('organizations/:organization/replays/', readScopes('org'), (request, access) => {
  requireReplays(access)
  const fields = readReplayFields(request.query)
  const now = request.now.getTime()
  const found = searchReplays(selectReplays(request, access), request.query, now)
  const page = takePage(request, sortReplays(found, request.query, now))
  return answerJson({ data: page.items.map((replay) => presentReplay(replay, fields, now)) }, page.headers)
})

/** @throws {ApiError} 404 in an organization that has no project with replays: to it the feature does not exist. */
function requireReplays({ organization }: OrganizationAccess): void {
  if (!organization.projects.some(({ uses }) => uses.replays)) throw notFound()
}

function selectReplays(request: CallerRequest, access: OrganizationAccess): Replay[] {
  const { query, now } = request
  const environments = selectEnvironments(query, access.organization)
  const histories = selectProjects(query, access).map((project) => access.world.historyOf(project))
  return listReplays(histories, readTimeRange(query, now), now.getTime()).filter(
    ({ environment }) => environments === null || environments.has(environment),
  )
}

const detail = organizationEndpoint(
  'organizations/:organization/replays/:replay/',
  readScopes('org'),
  (request, access) => {
    requireReplays(access)
    return answerReplay(
      request,
      access,
      access.organization.projects.filter((project) => hasProjectAccess(access, project)),
    )
  },
)

const detailOfProject = projectEndpoint(
  'projects/:organization/:project/replays/:replay/',
  readScopes('project'),
  (request, access, project) => answerReplay(request, access, [project]),
)

/** With and without dashes a replay is the same one. */
function answerReplay(request: CallerRequest, access: OrganizationAccess, projects: readonly Project[]) {
  const fields = readReplayFields(request.query)
  const wanted = (request.params['replay'] ?? '').replaceAll('-', '').toLowerCase()
  const histories = projects.map((project) => access.world.historyOf(project))
  const now = request.now.getTime()
  const replay = listReplays(histories, readTimeRange(request.query, request.now), now).find(({ id }) => id === wanted)
  if (replay === undefined) throw notFound()
  return answerJson({ data: presentReplay(replay, fields, now) })
}

const maximumIds = 25

/** How many replays (or which, with `returnIds`) show errors of each issue, among the issues that `query` lists. */
const counts = organizationEndpoint(
  'organizations/:organization/replay-count/',
  readScopes('org'),
  (request, access) => {
    requireReplays(access)
    const source = request.query.getAll('data_source').at(-1) ?? 'discover'
    if (!['discover', 'events', 'search_issues', 'spans'].includes(source)) throw badRequest('Invalid data source')
    const issueIds = readIssueIds(request.query)
    const now = request.now.getTime()
    const found = new Map(issueIds.map((id) => [id, [] as string[]]))
    for (const replay of selectReplays(request, access)) {
      for (const id of new Set(errorsOf(replay, now).map(({ issue }) => issue.id))) found.get(id)?.push(replay.id)
    }
    const withIds = isOn(request.query, 'returnIds')
    return answerJson(Object.fromEntries([...found].map(([id, replays]) => [id, withIds ? replays : replays.length])))
  },
)

/** @throws {ApiError} 400 without `issue.id:`, and for more than 25 of them. */
function readIssueIds(query: URLSearchParams): string[] {
  const ids = (readSearchQuery(query).terms.get('issue.id') ?? []).flatMap((value) => value.match(/\d+/g) ?? [])
  if (ids.length === 0) throw badRequest('Must provide at least one issue id')
  if (ids.length > maximumIds) throw badRequest('Too many issue ids provided')
  return ids
}

const selectorOrders: Readonly<Record<string, (selector: ClickSelector) => number>> = {
  count_dead_clicks: ({ deadClicks }) => deadClicks,
  count_rage_clicks: ({ rageClicks }) => rageClicks,
}

/** The elements that were clicked in vain, wrapped in `data`. */
const selectors = organizationEndpoint(
  'organizations/:organization/replay-selectors/',
  readScopes('org'),
  (request, access) => {
    requireReplays(access)
    const sort =
      ['sort', 'sortBy', 'orderBy'].flatMap((name) => request.query.getAll(name)).at(-1) ?? '-count_dead_clicks'
    const name = sort.replace(/^-/, '')
    const read = Object.hasOwn(selectorOrders, name) ? selectorOrders[name] : undefined
    if (read === undefined) throw badRequest(`Invalid field specified. Field: ${name}`)
    const direction = sort.startsWith('-') ? -1 : 1
    const counted = countClickSelectors(selectReplays(request, access))
    const page = takePage(
      request,
      counted.toSorted((left, right) => direction * (read(left) - read(right))),
    )
    return answerJson({ data: page.items.map(presentClickSelector) }, page.headers)
  },
)

export const replayEndpoints: readonly Endpoint[] = [list, detail, detailOfProject, counts, selectors]
