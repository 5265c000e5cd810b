import { listWorkflows, type Workflow } from '../../world/workflow.ts'
import { answerJson } from '../answer.ts'
import { ApiError, badRequest, notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { selectProjects } from '../parameters/project-selection.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'
import { findLastTrigger, presentWorkflow } from '../workflow-representation.ts'

const scopes = [...readScopes('org'), 'alerts:read', 'alerts:write']

const rules: SearchRules<Workflow> = {
  terms: { name: ({ name }, values) => values.every((value) => name.toLowerCase().includes(value.toLowerCase())) },
  text: ({ name }) => [name],
}

/** The alerts of the selected projects, or of all that the caller may see when none is selected. */
const list = organizationEndpoint('organizations/:organization/workflows/', scopes, (request, access) => {
  const found = search(selectWorkflows(request, access), readSearchQuery(request.query), rules)
  const answer = answerPage(request, found.toSorted(chooseOrder(request)), (workflow) =>
    presentWorkflow(access.organization, workflow, request.now),
  )
  return { ...answer, headers: { ...answer.headers, 'X-Hits': String(found.length), 'X-Max-Hits': '1000' } }
})

const detail = organizationEndpoint('organizations/:organization/workflows/:workflow/', scopes, (request, access) => {
  const workflow = listVisible(access).find(({ id }) => id === request.params['workflow'])
  if (workflow === undefined) throw notFound()
  return answerJson(presentWorkflow(access.organization, workflow, request.now))
})

function selectWorkflows({ query }: CallerRequest, access: OrganizationAccess): Workflow[] {
  const ids = query.getAll('id')
  if (!ids.every((id) => /^\d+$/.test(id))) throw badRequest('Invalid ID format')
  const projects = query.has('project') || query.has('projectSlug') ? selectProjects(query, access) : null
  return listVisible(access)
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ project }) => projects === null || projects.includes(project))
}

const listVisible = (access: OrganizationAccess) =>
  listWorkflows(access.organization).filter(({ project }) => hasProjectAccess(access, project))

type SortKey = (workflow: Workflow, now: Date) => string | number

const sortKeys: Readonly<Record<string, SortKey>> = {
  name: ({ name }) => name.toLowerCase(),
  id: ({ id }) => Number(id),
  dateCreated: ({ dateCreated }) => dateCreated,
  dateUpdated: ({ dateCreated }) => dateCreated,
  connectedDetectors: () => 1,
  actions: () => 1,
  lastTriggered: (workflow, now) => findLastTrigger(workflow, now) ?? 0,
}

/** @throws {ApiError} 400 for a `sortBy` that workflows do not have. */
function chooseOrder({ query, now }: CallerRequest): (left: Workflow, right: Workflow) => number {
  const text = query.getAll('sortBy').at(-1) ?? 'id'
  const direction = text.startsWith('-') ? -1 : 1
  const name = text.replace(/^-/, '')
  const sortKey = Object.hasOwn(sortKeys, name) ? sortKeys[name] : undefined
  if (sortKey === undefined) throw new ApiError(400, { sortBy: ['Invalid sort field'] })
  return (left, right) => {
    const [first, second] = [sortKey(left, now), sortKey(right, now)]
    return direction * (first < second ? -1 : Number(first > second)) || Number(left.id) - Number(right.id)
  }
}

/** Alerts under the name they have since alert rules went away. */
export const workflowEndpoints: readonly Endpoint[] = [list, detail]
