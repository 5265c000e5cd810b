import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date, filledText, flag, id, text } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'
import { userShape } from './users.ts'

const memberShape = z
  .object({
    id,
    name: filledText,
    email: filledText,
    user: userShape.nullish(),
    orgRole: text,
    role: text,
    pending: flag,
    expired: flag,
    dateCreated: date,
  })
  .transform(({ role, ...member }) => ({ ...member, user: member.user ?? null, orgRole: member.orgRole ?? role }))

/** An item of `GET organizations/{org}/members/`. `id` is the membership's, not the user's; a pending invite has no user. */
export type Member = z.output<typeof memberShape>

/** One page of members. `GET organizations/{org}/members/`, scope `member:read`. `query` takes text, `email:`, `user.id:`. */
export function listMembers(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { query?: string | null } = {},
): Promise<Page<Member>> {
  const { query, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/members/',
    parameters: { org: organization.idOrSlug },
    query: { query },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, memberShape)
}

/** One page of the members of a team, by its id or slug. `GET teams/{org}/{team}/members/`, scope `team:read`. */
export function listTeamMembers(
  client: SentryClient,
  organization: OrganizationAddress,
  { team, ...page }: PageOptions & { team: string },
): Promise<Page<Member>> {
  const request = {
    endpoint: '/api/0/teams/{org}/{team}/members/',
    parameters: { org: organization.idOrSlug, team },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, memberShape)
}

/**
 * The members of the teams of a project, by its id or slug; Sentry gives them all at once, in one page.
 * `GET projects/{org}/{project}/members/`, scope `project:read`.
 */
export function listProjectMembers(
  client: SentryClient,
  organization: OrganizationAddress,
  project: string,
): Promise<Page<Member>> {
  const request = {
    endpoint: '/api/0/projects/{org}/{project}/members/',
    parameters: { org: organization.idOrSlug, project },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, {}, memberShape)
}

/** One member by membership id. `GET organizations/{org}/members/{member}/`, scope `member:read`. */
export async function findMember(
  client: SentryClient,
  organization: OrganizationAddress,
  member: string,
): Promise<Member> {
  const endpoint = '/api/0/organizations/{org}/members/{member}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, member },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  })
  return readShape(memberShape, answer, endpoint)
}
