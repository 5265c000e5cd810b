import type { SentryClient } from '../sentry-client.ts'
import type { OrganizationAddress } from './organizations.ts'

/** Until when an issue stays archived; all that is given has to be reached by then. */
export interface ArchiveConditions {
  /** Minutes. */
  ignoreDuration?: number
  ignoreCount?: number
  /** Minutes in which the count has to be reached, at most 10,080. */
  ignoreWindow?: number
  ignoreUserCount?: number
  ignoreUserWindow?: number
}

/** What can be done to issues, in Sentry’s words. What is left out stays. */
export interface IssueUpdate {
  status?: 'resolved' | 'unresolved' | 'ignored'
  substatus?: 'archived_forever' | 'archived_until_escalating' | 'archived_until_condition_met'
  statusDetails?: { inNextRelease?: true; inRelease?: string } & ArchiveConditions
  /** `user:<id>` or `team:<id>`; nobody when empty. */
  assignedTo?: string
  /** Whether it waits for review. */
  inbox?: boolean
  isBookmarked?: boolean
  isSubscribed?: boolean
}

/**
 * Does the same to the issues of these numeric ids, at least one, in one call: to all of them or, where Sentry refuses
 * one, to none. Ids that lead nowhere are passed over in silence. Answers whether Sentry found any.
 * `PUT organizations/{org}/issues/?id=…`, scope `event:write`.
 */
export async function updateIssues(
  client: SentryClient,
  organization: OrganizationAddress,
  { ids, update }: { ids: readonly [string, ...string[]]; update: IssueUpdate },
): Promise<boolean> {
  // Without ids Sentry changes every issue that its default query finds.
  const { body } = await client.write({
    method: 'PUT',
    endpoint: '/api/0/organizations/{org}/issues/',
    parameters: { org: organization.idOrSlug },
    query: { id: ids, project: ALL_PROJECTS },
    regionUrl: organization.regionUrl,
    body: update,
  })
  return body !== null
}

/** Writes a comment beneath an issue. `POST organizations/{org}/issues/{issue}/notes/`, scope `event:write`. */
export async function addIssueComment(
  client: SentryClient,
  organization: OrganizationAddress,
  { issue, text }: { issue: string; text: string },
): Promise<void> {
  await client.write({
    method: 'POST',
    endpoint: '/api/0/organizations/{org}/issues/{issue}/notes/',
    parameters: { org: organization.idOrSlug, issue },
    regionUrl: organization.regionUrl,
    body: { text },
  })
}

// Without it Sentry passes over what is not in a project of the person's own teams.
const ALL_PROJECTS = '-1'
