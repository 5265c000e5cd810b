import type { ChangedFields, StatusChange } from '../../state/issue-changes.ts'
import type { Issue } from '../../world/issue.ts'
import { ignoreUntil } from '../../world/issue-standing.ts'
import { answerJson, type Answer } from '../answer.ts'
import { ApiError, badRequest, forbidden } from '../api-error.ts'
import type { CallerRequest } from '../endpoint.ts'
import type { OrganizationAccess } from '../organization-access.ts'
import { presentUser } from '../user-representation.ts'
import { readStandingOf } from './issue-access.ts'
import { presentAssignee } from './issue-representation.ts'

type Body = Readonly<Record<string, unknown>>

const longestWindow = 10_080
const archived = ['archived_until_escalating', 'archived_until_condition_met', 'archived_forever']
const open = ['ongoing', 'new', 'regressed', 'escalating']

/**
 * Does to issues what a body says, and answers with what changed; 204 when there are none.
 *
 * @throws {ApiError} 400 for values that Sentry refuses, 403 for discarding without the scope.
 */
export function updateIssues(request: CallerRequest, access: OrganizationAccess, issues: readonly Issue[]): Answer {
  const body = readUpdate(request.body)
  if (issues.length === 0) return { status: 204, body: undefined, headers: {} }
  if (body['discard'] === true) return discard(request, access, issues, body)
  if (isTrue(body['merge'])) return merge(request, issues)
  const changes = issues.map((issue) => ({ issue, fields: readFields(body, request, access, issue) }))
  for (const { issue, fields } of changes) record(request, issue, fields)
  const [first] = issues
  return answerJson(first === undefined ? {} : presentChange(request, body, first))
}

function record({ issueChanges, caller, now }: CallerRequest, issue: Issue, fields: ChangedFields): void {
  if (Object.keys(fields).length === 0) return
  issueChanges.add({ issueId: issue.id, personId: caller.person.id, at: now.getTime(), fields })
}

function readUpdate(body: unknown): Body {
  if (body === undefined) return {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const kind = Array.isArray(body) ? 'list' : body === null ? 'NoneType' : typeof body
    throw new ApiError(400, { non_field_errors: [`Invalid data. Expected a dictionary, but got ${kind}.`] })
  }
  return body as Body
}

const isTrue = (value: unknown) => value === true || value === 1 || value === '1' || value === 'true'

/** Any JSON as a text. */
const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A refusal of one field. */
const invalidField = (name: string, message: string) => new ApiError(400, { [name]: [message] })

function readFields(body: Body, request: CallerRequest, access: OrganizationAccess, issue: Issue): ChangedFields {
  return {
    ...readStatus(body, request, issue),
    ...readAssignment(body, access, issue),
    ...readPriority(body),
    ...readFlags(body),
  }
}

const flags = ['hasSeen', 'isBookmarked', 'isSubscribed', 'isPublic', 'inbox'] as const

function readFlags(body: Body): ChangedFields {
  const fields: ChangedFields = {}
  for (const name of flags) {
    const value = body[name]
    if (value === undefined || value === null) continue
    if (typeof value !== 'boolean') throw invalidField(name, 'Must be a valid boolean.')
    fields[name] = value
  }
  return fields
}

function readPriority({ priority }: Body): ChangedFields {
  if (priority === undefined || priority === null) return {}
  if (priority !== 'low' && priority !== 'medium' && priority !== 'high') {
    throw invalidField('priority', `"${asText(priority)}" is not a valid choice.`)
  }
  return { priority }
}

function readAssignment({ assignedTo }: Body, { organization }: OrganizationAccess, issue: Issue): ChangedFields {
  if (assignedTo === undefined) return {}
  if (assignedTo === null || assignedTo === '') return { assignedTo: null }
  const text = asText(assignedTo)
  const teamId = /^team:(.+)$/.exec(text)?.[1]
  if (teamId !== undefined) {
    const team = organization.teams.find(({ id }) => id === teamId)
    if (team === undefined) throw invalidField('assignedTo', 'Unknown actor input')
    if (!issue.project.teams.includes(team)) throw badRequest('Cannot assign to a team without access to the project')
    return { assignedTo: { type: 'team', id: team.id } }
  }
  const name = text.replace(/^user:/, '')
  const member = organization.members.find(
    ({ person }) => person !== null && [person.id, person.email, person.username].includes(name),
  )
  if (member?.person == null) throw invalidField('assignedTo', 'Unknown actor input')
  const isInTeam = member.teams.some(({ team }) => issue.project.teams.includes(team))
  const isGlobal = member.role === 'owner' || member.role === 'manager'
  if (!isInTeam && !isGlobal && !organization.hasOpenMembership) throw badRequest('Cannot assign to non-team member')
  return { assignedTo: { type: 'user', id: member.person.id } }
}

function readStatus(body: Body, request: CallerRequest, issue: Issue): ChangedFields {
  const { status, substatus } = body
  if (status === undefined || status === null)
    return substatus === undefined ? {} : readSubstatusAlone(substatus, request, issue)
  const details = readDetails(body['statusDetails'])
  if (status === 'resolved' || status === 'resolvedInNextRelease') {
    return { status: resolve(status === 'resolved' ? details : { ...details, inNextRelease: true }, request, issue) }
  }
  if (status === 'ignored' || status === 'muted') return { status: archive(details, substatus, request) }
  if (status === 'unresolved') {
    return {
      status: { status: 'unresolved', substatus: readSubstatus(substatus, open) ?? 'ongoing', statusDetails: {} },
    }
  }
  throw invalidField('status', `"${asText(status)}" is not a valid choice.`)
}

function readSubstatusAlone(substatus: unknown, request: CallerRequest, issue: Issue): ChangedFields {
  const { status } = readStandingOf(request, issue)
  const value = readSubstatus(substatus, status === 'ignored' ? archived : open)
  return value === null ? {} : { status: { status, substatus: value, statusDetails: {} } }
}

function readSubstatus(substatus: unknown, choices: readonly string[]): string | null {
  if (substatus === undefined || substatus === null) return null
  if (typeof substatus !== 'string' || !choices.includes(substatus)) {
    throw invalidField('substatus', `"${asText(substatus)}" is not a valid choice.`)
  }
  return substatus
}

function readDetails(details: unknown): Body {
  if (details === undefined || details === null) return {}
  if (typeof details !== 'object' || Array.isArray(details)) {
    throw new ApiError(400, { statusDetails: { non_field_errors: ['Invalid data. Expected a dictionary.'] } })
  }
  return details as Body
}

const invalidDetail = (name: string, message: string) => new ApiError(400, { statusDetails: { [name]: [message] } })

function resolve(details: Body, { caller, now }: CallerRequest, issue: Issue): StatusChange {
  const actor = presentUser(caller.person)
  const { releases } = issue.history
  const resolved = (statusDetails: object): StatusChange => ({
    status: 'resolved',
    substatus: null,
    statusDetails: { ...statusDetails, actor },
  })
  if (isTrue(details['inNextRelease'])) {
    if (releases.latestBefore(now.getTime()) === null) {
      throw invalidDetail('inNextRelease', "No release data present in the system to form a basis for 'Next Release'")
    }
    return resolved({ inNextRelease: true })
  }
  if (details['inRelease'] !== undefined) {
    const wanted = asText(details['inRelease'])
    const known = releases.listBefore(now.getTime())
    const release = wanted === 'latest' ? known[0] : known.find(({ version }) => version === wanted)
    if (release === undefined) throw invalidDetail('inRelease', 'Unable to find a release with the given version.')
    return resolved({ inRelease: release.version })
  }
  if (details['inCommit'] !== undefined) return resolved({ inCommit: readCommit(details['inCommit'], issue) })
  return { status: 'resolved', substatus: null, statusDetails: {} }
}

function readCommit(commit: unknown, { organization, project }: Issue): object {
  const { commit: id, repository } = (typeof commit === 'object' && commit !== null ? commit : {}) as Body
  if (typeof id !== 'string' || typeof repository !== 'string') {
    throw invalidDetail('inCommit', 'This field is required.')
  }
  if (repository !== `${organization.slug}/${project.slug}`) {
    throw invalidDetail('inCommit', 'Unable to find the given repository.')
  }
  return { id, message: null, repository: { name: repository } }
}

function archive(details: Body, substatus: unknown, { now }: CallerRequest): StatusChange {
  const number = (name: string, most = Number.MAX_SAFE_INTEGER) => {
    const value = details[name]
    if (value === undefined || value === null) return null
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
      throw invalidDetail(name, 'A valid integer is required.')
    if (value > most) throw invalidDetail(name, `Ensure this value is less than or equal to ${most}.`)
    return value
  }
  const duration = number('ignoreDuration') ?? number('snoozeDuration')
  const [count, window] = [number('ignoreCount'), number('ignoreWindow', longestWindow)]
  const [userCount, userWindow] = [number('ignoreUserCount'), number('ignoreUserWindow', longestWindow)]
  const wanted = readSubstatus(substatus, archived)
  if (duration !== null || count !== null || userCount !== null) {
    const until = duration === null ? null : ignoreUntil(now.getTime(), duration)
    const conditions = {
      ignoreUntil: until,
      ignoreCount: count,
      ignoreWindow: window,
      ignoreUserCount: userCount,
      ignoreUserWindow: userWindow,
    }
    return { status: 'ignored', substatus: 'archived_until_condition_met', statusDetails: conditions }
  }
  if (wanted === 'archived_forever') return { status: 'ignored', substatus: wanted, statusDetails: {} }
  return { status: 'ignored', substatus: 'archived_until_escalating', statusDetails: { ignoreUntilEscalating: true } }
}

/** What a bulk update answers: only what it was asked to change. */
function presentChange(request: CallerRequest, body: Body, issue: Issue): Record<string, unknown> {
  const standing = readStandingOf(request, issue)
  const values: Record<string, unknown> = {
    status: standing.status,
    statusDetails: standing.statusDetails,
    substatus: standing.substatus,
    assignedTo: presentAssignee(standing),
    priority: standing.priority,
  }
  const names = Object.keys(body).filter((name) => name in values || flags.some((flag) => flag === name))
  const statusNames = body['status'] === undefined ? [] : ['status', 'statusDetails', 'substatus']
  return Object.fromEntries(
    [...new Set([...statusNames, ...names])].map((name) => [name, values[name] ?? body[name] ?? null]),
  )
}

function discard(request: CallerRequest, access: OrganizationAccess, issues: readonly Issue[], body: Body): Answer {
  if (!access.scopes.includes('event:admin')) throw forbidden()
  if (Object.keys(body).length > 1) throw badRequest('Other attributes cannot be updated when discarding')
  if (issues.some(({ kind }) => kind.issueCategory !== 'error')) throw badRequest('Only error issues can be discarded.')
  for (const issue of issues) record(request, issue, { isDiscarded: true })
  return { status: 204, body: undefined, headers: {} }
}

/** The largest takes the others in. */
function merge(request: CallerRequest, issues: readonly Issue[]): Answer {
  if (issues.some(({ kind }) => kind.issueCategory !== 'error')) throw badRequest('Only error issues can be merged.')
  if (new Set(issues.map(({ project }) => project)).size > 1)
    throw badRequest('Merging across multiple projects is not supported')
  const now = request.now.getTime()
  const sorted = [...new Set(issues)].toSorted(
    (left, right) => right.volume.countBefore(now) - left.volume.countBefore(now),
  )
  const [parent, ...children] = sorted
  if (parent === undefined || children.length === 0) throw badRequest('You must provide at least two issues to merge.')
  for (const child of children) record(request, child, { mergedInto: parent.id })
  return answerJson({ merge: { parent: parent.id, children: children.map(({ id }) => id) } })
}
