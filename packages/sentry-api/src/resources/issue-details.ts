import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { anything, count, date, filledText, id, listOf, optional, requiredText } from '../shape.ts'
import { actorShape } from './actors.ts'
import { issueShape } from './issues.ts'
import type { OrganizationAddress } from './organizations.ts'
import { namedReleaseShape } from './releases.ts'
import { userShape } from './users.ts'

const activity = z.object({
  // What Sentry makes up, such as the first event, has none that is its own.
  id: optional(id),
  type: requiredText,
  user: optional(userShape),
  data: anything,
  dateCreated: date,
})
/** Something that happened to an issue; `type` is of Sentry's growing list, `user` null for what Sentry did itself. */
export type IssueActivity = z.output<typeof activity>

/** Old servers leave out the kind: there all are people. */
const participant = z.union([actorShape.extend({ type: z.literal('team') }), userShape])

const tagTotal = z.object({ key: requiredText, name: filledText, totalValues: count })

/** Integrations and apps name their issues by members of their own. */
const externalIssue = z
  .object({ displayName: filledText, title: filledText, key: filledText, webUrl: filledText, url: filledText })
  .transform(({ displayName, title, key, webUrl, url }) => ({ label: displayName ?? title ?? key, url: webUrl ?? url }))

const issueDetailShape = z.intersection(
  issueShape,
  z.object({
    activity: listOf(activity),
    firstRelease: optional(namedReleaseShape),
    lastRelease: optional(namedReleaseShape),
    participants: listOf(participant),
    tags: listOf(tagTotal),
    integrationIssues: listOf(externalIssue),
    sentryAppIssues: listOf(externalIssue),
  }),
)

/** An issue with what only its own answer tells; the parts that were not asked for are empty. */
export type IssueDetail = z.output<typeof issueDetailShape>

/** What the answer about an issue is to hold beside its activity and its participants; Sentry is faster without. */
export type IssueDetailPart = 'releases' | 'tags' | 'stats' | 'links'

/** One issue by its numeric id, also where it was merged into another. `GET organizations/{org}/issues/{issue}/`, scope `event:read`. */
export async function findIssue(
  client: SentryClient,
  organization: OrganizationAddress,
  { issue, parts }: { issue: string; parts: ReadonlySet<IssueDetailPart> },
): Promise<IssueDetail> {
  const endpoint = '/api/0/organizations/{org}/issues/{issue}/'
  const answer = await client.get({
    endpoint,
    parameters: { org: organization.idOrSlug, issue },
    query: {
      collapse: [
        ...(parts.has('releases') ? [] : ['release']),
        ...(parts.has('tags') ? [] : ['tags']),
        ...(parts.has('stats') ? [] : ['stats']),
      ],
      expand: parts.has('links') ? ['integrationIssues', 'sentryAppIssues'] : [],
    },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.watched,
  })
  return readShape(issueDetailShape, answer, endpoint)
}
