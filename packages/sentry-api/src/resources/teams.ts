import { z } from 'zod'
import { readList, readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { count, date, flag, id, requiredText, text } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'

const withName = <T extends { name: string | null; slug: string }>(team: T) => ({
  ...team,
  name: team.name ?? team.slug,
})

/** The three members by which a project names its teams. */
export const teamReferenceShape = z.object({ id, slug: requiredText, name: text }).transform(withName)
export type TeamReference = z.output<typeof teamReferenceShape>

const teamShape = z
  .object({ id, slug: requiredText, name: text, memberCount: count, isMember: flag, dateCreated: date })
  .transform(withName)
export type Team = z.output<typeof teamShape>

/** One page of teams. `GET organizations/{org}/teams/`, scope `org:read`. `query` takes text, `id:` and `slug:`. */
export function listTeams(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { query?: string | null } = {},
): Promise<Page<Team>> {
  const { query, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/teams/',
    parameters: { org: organization.idOrSlug },
    query: { detailed: 0, query },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, teamShape)
}

/** The teams that the person is in, all at once. `GET organizations/{org}/user-teams/`, scope `org:read`. */
export async function listOwnTeams(client: SentryClient, organization: OrganizationAddress): Promise<Team[]> {
  const endpoint = '/api/0/organizations/{org}/user-teams/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  })
  return readList(teamShape, answer, endpoint)
}

/** One team by id or exact-case slug. `GET teams/{org}/{team}/`, scope `team:read`. */
export async function findTeam(client: SentryClient, organization: OrganizationAddress, team: string): Promise<Team> {
  const endpoint = '/api/0/teams/{org}/{team}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, team },
    query: { collapse: 'organization' },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  })
  return readShape(teamShape, answer, endpoint)
}
