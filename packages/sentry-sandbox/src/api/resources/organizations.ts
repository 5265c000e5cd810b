import { answerJson } from '../answer.ts'
import { callerOperation, readScopes, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { findAccess, hasProjectAccess, organizationEndpoint, type OrganizationAccess } from '../organization-access.ts'
import { presentOrganization, presentOrganizationDetail } from '../organization-representation.ts'
import { answerPage } from '../pagination.ts'
import { presentProject } from '../project-representation.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'
import { presentTeam } from '../team-representation.ts'

const rules: SearchRules<OrganizationAccess> = {
  terms: {
    id: ({ organization }, values) => values.includes(organization.id),
    slug: ({ organization }, values) => values.includes(organization.slug),
    status: (_access, values) => values.some((value) => ['active', 'visible'].includes(value)),
    email: ({ organization }, values) => organization.members.some(({ email }) => values.includes(email)),
    member_id: ({ organization }, values) => organization.members.some(({ id }) => values.includes(id)),
  },
  text: ({ organization }) => [organization.name, organization.slug],
}

/** Control lists the caller's organizations of all regions, a region its own. */
const list: Endpoint = {
  path: '/api/0/organizations/',
  isControlOnly: false,
  operations: {
    GET: callerOperation(readScopes('org'), (request) => {
      const found = search(listAccesses(request), readSearchQuery(request.query), rules)
      return answerPage(request, found.toSorted(chooseOrder(request.query)), ({ organization }) =>
        presentOrganization(organization, request.origins),
      )
    }),
  },
}

function listAccesses(request: CallerRequest): OrganizationAccess[] {
  const ownedOnly = ['1', 'true'].includes(request.query.get('owner') ?? '')
  return request.world.organizations
    .filter(({ region }) => request.host === 'control' || region === request.host)
    .filter(({ id }) => [null, id].includes(request.caller.organizationId))
    .flatMap((organization) => findAccess(request, organization) ?? [])
    .filter(({ role }) => !ownedOnly || role.id === 'owner')
}

type Order = (left: OrganizationAccess, right: OrganizationAccess) => number

const newestFirst: Order = (left, right) => right.organization.dateCreated.localeCompare(left.organization.dateCreated)
const largestFirst: Order = (left, right) => right.organization.members.length - left.organization.members.length

function chooseOrder(query: URLSearchParams): Order {
  return query.get('sortBy') === 'members' ? largestFirst : newestFirst
}

const detail = organizationEndpoint('organizations/:organization/', readScopes('org'), (request, access) => {
  const base = presentOrganizationDetail(access, request.origins, request.query.get('include_feature_flags') === '1')
  return answerJson(request.query.get('detailed') === '0' ? base : { ...base, ...presentContents(access) })
})

function presentContents(access: OrganizationAccess): object {
  const { teams, projects } = access.organization
  return {
    teams: teams.map((team) => presentTeam(access, team)),
    projects: projects
      .filter((project) => hasProjectAccess(access, project))
      .map((project) => presentProject(access, project)),
  }
}

export const organizationEndpoints: readonly Endpoint[] = [list, detail]
