import type { Issue } from '../../world/issue.ts'
import type { IssueStanding } from '../../world/issue-standing.ts'
import type { Answer } from '../answer.ts'
import { forbidden, notFound } from '../api-error.ts'
import { readScopes, type CallerRequest, type Endpoint, type Operation } from '../endpoint.ts'
import {
  hasProjectAccess,
  organizationOperation,
  organizationPath,
  type OrganizationAccess,
} from '../organization-access.ts'
import { createStandings } from './issue-candidate.ts'
import type { IssueViewer } from './issue-representation.ts'

export const eventReadScopes = readScopes('event')
export const eventWriteScopes = ['event:write', 'event:admin']

type Handle = (request: CallerRequest, access: OrganizationAccess, issue: Issue) => Answer

/** What a method of a path below an issue does, for those who may see its project. */
export function issueOperation(scopes: readonly string[], handle: Handle): Operation {
  return organizationOperation(scopes, (request, access) => handle(request, access, openIssue(request, access)))
}

/** A GET below an issue. */
export function issueEndpoint(path: string, handle: Handle, scopes: readonly string[] = eventReadScopes): Endpoint {
  return organizationPath(`organizations/:organization/issues/:issue/${path}`, { GET: issueOperation(scopes, handle) })
}

/**
 * The issue that a path names by its number or short id; a merged one is the issue that it became part of.
 *
 * @throws {ApiError} 404 for no such issue in the organization, 403 for one of a project that the caller may not see.
 */
function openIssue(request: CallerRequest, access: OrganizationAccess): Issue {
  const issue = findIssue(request, access, request.params['issue'] ?? '')
  if (issue === undefined) throw notFound()
  if (!hasProjectAccess(access, issue.project)) throw forbidden()
  return issue
}

/** An issue of the organization by number or short id, wherever it was merged into. */
export function findIssue(
  request: Pick<CallerRequest, 'world' | 'issueChanges'>,
  access: Pick<OrganizationAccess, 'organization'>,
  name: string,
): Issue | undefined {
  const { world, issueChanges } = request
  const { organization } = access
  const issue = /^\d+$/.test(name) ? world.findIssue(name) : world.findIssueByShortId(organization, name)
  if (issue === undefined || issue.organization !== organization) return undefined
  const { mergedInto, isDiscarded } = createStandings(world, issueChanges).of(issue)
  if (isDiscarded) return undefined
  return mergedInto === null ? issue : findIssue(request, access, mergedInto)
}

export function readStandingOf({ world, issueChanges }: CallerRequest, issue: Issue): IssueStanding {
  return createStandings(world, issueChanges).of(issue)
}

/** The eyes with which a request looks at issues. */
export function createViewer({ caller, issueChanges, origins, now }: CallerRequest): IssueViewer {
  return { personId: caller.person.id, changes: issueChanges, origins, now: now.getTime() }
}
