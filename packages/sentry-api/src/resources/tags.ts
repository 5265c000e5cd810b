import { z } from 'zod'
import { readList, readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { count, date, filledText, requiredText, text } from '../shape.ts'
import { rangeParameters, type TimeRange } from '../time-range.ts'
import type { OrganizationAddress } from './organizations.ts'
import { selectedProjects } from './selected-projects.ts'

const tagValue = z.object({ name: filledText, value: text, count, firstSeen: date, lastSeen: date })

const tagShape = z
  .object({
    key: z.string().min(1),
    name: filledText,
    uniqueValues: count,
    totalValues: count,
    topValues: z.array(tagValue).nullish(),
  })
  .transform((tag) => ({ ...tag, topValues: tag.topValues ?? [] }))

/** How often the values of a tag occur in an issue, the most frequent first. */
export type TagDistribution = z.output<typeof tagShape>

/**
 * One tag of an issue. `GET organizations/{org}/issues/{issue}/tags/{key}/`, scope `event:read`.
 * @throws SentryApiError `not_found` where no event has the tag.
 */
export async function findIssueTag(
  client: SentryClient,
  organization: OrganizationAddress,
  { issue, key }: { issue: string; key: string },
): Promise<TagDistribution> {
  const endpoint = '/api/0/organizations/{org}/issues/{issue}/tags/{key}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, issue, key },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.moving,
  })
  return readShape(tagShape, answer, endpoint)
}

const tagKeyShape = z.object({ key: requiredText, name: filledText, uniqueValues: count, totalValues: count })

/** A tag that events have; which of its numbers there are depends on the server. */
export type TagKey = z.output<typeof tagKeyShape>

/**
 * The tags that error events of these projects have, all at once. `GET organizations/{org}/tags/`, scope `org:read`.
 * All projects that the person may see when there are none.
 */
export async function listTagKeys(
  client: SentryClient,
  organization: OrganizationAddress,
  { projects, range }: { projects: readonly string[]; range: TimeRange },
): Promise<TagKey[]> {
  const endpoint = '/api/0/organizations/{org}/tags/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug },
    query: { dataset: 'events', project: selectedProjects(projects), ...rangeParameters(range) },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.named,
  })
  return readList(tagKeyShape, answer, endpoint)
}
