import type { Member } from '../../world/member.ts'
import { answerJson } from '../answer.ts'
import { notFound } from '../api-error.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import { organizationEndpoint } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { presentMember, presentMemberDetail } from '../member-representation.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'

const rules: SearchRules<Member> = {
  terms: {
    email: ({ email }, values) => values.includes(email),
    role: ({ role }, values) => values.includes(role),
    'user.id': ({ person }, values) => person !== null && values.includes(person.id),
  },
  text: ({ email, person }) => [email, person?.name ?? ''],
}

const list = organizationEndpoint('organizations/:organization/members/', readScopes('member'), (request, access) =>
  answerPage(request, search(access.organization.members, readSearchQuery(request.query), rules), presentMember),
)

/** By membership id, or `me`. A person's own id is no membership id. */
const detail = organizationEndpoint(
  'organizations/:organization/members/:member/',
  readScopes('member'),
  ({ params }, access) => {
    const id = params['member']
    const member = id === 'me' ? access.member : access.organization.members.find((candidate) => candidate.id === id)
    if (member === undefined) throw notFound()
    return answerJson(presentMemberDetail(member))
  },
)

export const memberEndpoints: readonly Endpoint[] = [list, detail]
