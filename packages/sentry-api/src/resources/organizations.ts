import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date, filledText, id, requiredText, text, texts } from '../shape.ts'

/** Where an organization is asked: its region's API when known, else the control host, which forwards. */
export interface OrganizationAddress {
  idOrSlug: string
  regionUrl: string | null
}

const links = z.object({ organizationUrl: filledText, regionUrl: filledText }).nullish()
const avatar = z.object({ avatarUrl: filledText }).nullish()

const organizationShape = z
  .object({ id, slug: requiredText, name: text, dateCreated: date, avatar, links })
  .transform(({ avatar, links, ...organization }) => ({
    ...organization,
    name: organization.name ?? organization.slug,
    avatarUrl: avatar?.avatarUrl ?? null,
    organizationUrl: links?.organizationUrl ?? null,
    regionUrl: links?.regionUrl ?? null,
  }))

/** An item of `GET organizations/`. */
export type Organization = z.output<typeof organizationShape>

/** By one shape, for an answer is parsed anew for a second one. */
const detailShape = z.intersection(organizationShape, z.object({ access: texts }))

/** `GET organizations/{org}/` without its projects and teams; `access` is what the viewer may do there. */
export interface OrganizationDetail extends Organization {
  access: string[]
}

/**
 * One page of the organizations of the person, of all regions when asked at the control host (the default).
 * `GET organizations/`, scope `org:read`. `query` takes text, `id:` and `slug:`.
 */
export function listOrganizations(
  client: SentryClient,
  options: PageOptions & { query?: string | null; regionUrl?: string | null } = {},
): Promise<Page<Organization>> {
  const { query, regionUrl, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/',
    query: { query },
    regionUrl: regionUrl ?? null,
    lifetime: lifetimes.organizations,
  }
  return getPage(client, request, page, organizationShape)
}

/** One organization by numeric id or exact-case slug. `GET organizations/{org}/`, scope `org:read`. */
export async function findOrganization(
  client: SentryClient,
  organization: OrganizationAddress,
): Promise<OrganizationDetail> {
  const endpoint = '/api/0/organizations/{org}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    // Without it large organizations answer with megabytes of projects and teams.
    query: { detailed: 0 },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.organizations,
  })
  return readShape(detailShape, answer, endpoint)
}
