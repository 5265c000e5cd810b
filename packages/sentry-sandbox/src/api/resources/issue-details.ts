import { hexDigits } from '../../world/hash.ts'
import type { Issue } from '../../world/issue.ts'
import { openEvent } from '../../world/event.ts'
import { answerJson, type Answer } from '../answer.ts'
import { ApiError } from '../api-error.ts'
import type { CallerRequest, Endpoint } from '../endpoint.ts'
import { presentEvent } from '../events/event-representation.ts'
import { findNeighbours } from '../events/event-selection.ts'
import { presentActivity } from '../issues/activity-representation.ts'
import {
  createViewer,
  eventReadScopes,
  eventWriteScopes,
  issueEndpoint,
  issueOperation,
  readStandingOf,
} from '../issues/issue-access.ts'
import { presentIssueDetail } from '../issues/issue-detail-representation.ts'
import { updateIssues } from '../issues/issue-update.ts'
import { listUserReports, presentUserReport } from '../issues/user-report.ts'
import { organizationPath, type OrganizationAccess } from '../organization-access.ts'
import { answerPage } from '../pagination.ts'
import { selectEnvironments } from '../parameters/environment-selection.ts'

function answerDetail(request: CallerRequest, access: OrganizationAccess, issue: Issue): Answer {
  const options = {
    expand: new Set(request.query.getAll('expand')),
    collapse: new Set(request.query.getAll('collapse')),
    environments: selectEnvironments(request.query, access.organization),
  }
  return answerJson(presentIssueDetail(createViewer(request), issue, readStandingOf(request, issue), options))
}

const detail = organizationPath('organizations/:organization/issues/:issue/', {
  GET: issueOperation(eventReadScopes, answerDetail),
  PUT: issueOperation(eventWriteScopes, (request, access, issue) => {
    const answer = updateIssues(request, access, [issue])
    return answer.status === 204 ? answer : answerDetail(request, access, issue)
  }),
})

const hashes = issueEndpoint('hashes/', (request, _access, issue) => {
  const latest = openEvent(issue, issue.volume.countBefore(request.now.getTime()) - 1)
  const merged = request.issueChanges.mergedInto(issue.id)
  const ids = [hexDigits(issue.seed, 154, 32), ...merged.map((id) => hexDigits(Number(id), 154, 32))]
  return answerPage(request, ids, (id) => ({
    id,
    latestEvent: presentEvent(latest, findNeighbours(latest, request.now.getTime())),
    mergedBySeer: false,
  }))
})

const externalIssues = issueEndpoint('external-issues/', () => answerJson([]))

const activities = issueEndpoint('activities/', (request, _access, issue) =>
  answerJson({ activity: readStandingOf(request, issue).activity.map(presentActivity) }),
)

const listNotes = (request: CallerRequest, issue: Issue) =>
  readStandingOf(request, issue).activity.filter(({ type }) => type === 'note')

const longestNote = 65_536

const notes = organizationPath('organizations/:organization/issues/:issue/notes/', {
  GET: issueOperation(eventReadScopes, (request, _access, issue) =>
    answerPage(request, listNotes(request, issue), presentActivity),
  ),
  POST: issueOperation(eventWriteScopes, (request, _access, issue) => {
    const note = readNote(request.body)
    const change = {
      issueId: issue.id,
      personId: request.caller.person.id,
      at: request.now.getTime(),
      fields: { note },
    }
    const { id, at } = request.issueChanges.add(change)
    const data = { text: note }
    const activity = { id: String(9_000_000_000 + id), type: 'note', person: request.caller.person, data, at }
    return { ...answerJson(presentActivity(activity)), status: 201 }
  }),
})

/** @throws {ApiError} 400 for a comment without a text, or with too long a one. */
function readNote(body: unknown): string {
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined
  if (typeof text !== 'string') throw new ApiError(400, { text: ['This field is required.'] })
  if (text.trim() === '') throw new ApiError(400, { text: ['This field may not be blank.'] })
  if (text.length > longestNote) {
    throw new ApiError(400, { text: [`Ensure this field has no more than ${longestNote} characters.`] })
  }
  return text
}

const userReports = issueEndpoint('user-reports/', (request, _access, issue) =>
  answerPage(request, listUserReports(issue, request.now.getTime()), presentUserReport),
)

export const issueDetailEndpoints: readonly Endpoint[] = [
  detail,
  hashes,
  externalIssues,
  activities,
  notes,
  userReports,
]
