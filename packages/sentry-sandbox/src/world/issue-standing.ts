import type { IssueChange } from '../state/issue-changes.ts'
import { fraction, hexDigits, pickOne } from './hash.ts'
import type { Issue } from './issue.ts'
import type { ScriptStep } from './issue-script.ts'
import { day, formatSeconds, minute } from './moment.ts'
import type { Person } from './person.ts'
import type { Team } from './team.ts'

/** How an issue stands at a moment: what its story brought and what people did to it. */
export interface IssueStanding {
  status: 'unresolved' | 'resolved' | 'ignored'
  substatus: string | null
  statusDetails: Readonly<Record<string, unknown>>
  /** When the status was last changed. */
  since: number
  assignee: { type: 'user'; person: Person } | { type: 'team'; team: Team } | null
  assignedAt: number | null
  priority: 'low' | 'medium' | 'high' | null
  priorityLockedAt: number | null
  isPublic: boolean
  isInInbox: boolean
  isDiscarded: boolean
  mergedInto: string | null
  /** Newest first. */
  activity: readonly Activity[]
}

/** Something that happened to an issue; by nobody when Sentry did it itself. */
export interface Activity {
  id: string
  type: string
  person: Person | null
  data: Readonly<Record<string, unknown>>
  at: number
}

const graceOfResolution = day
const notes = [
  'Same root cause as the outage of last week?',
  'I can reproduce this with an empty address.',
  'Fix is in review.',
  'Only customers on the old price list see this.',
  'Let us mute it until the partner has fixed their side.',
]

/** Reads how an issue stands at a moment. */
export function readStanding(issue: Issue, changes: readonly IssueChange[], now: number): IssueStanding {
  const standing = begin(issue)
  const past = changes.filter(({ at }) => at <= now)
  const lastChange = past.findLast(({ fields }) => fields.status !== undefined)
  const history = [
    ...issue.script.steps
      .filter(({ at }) => at < now)
      .map((step) => ({ at: step.at, apply: () => applyStep(standing, issue, step) })),
    ...past.map((change) => ({ at: change.at, apply: () => applyChange(standing, issue, change) })),
  ]
  for (const { apply } of history.toSorted((left, right) => left.at - right.at)) apply()
  if (lastChange !== undefined) applyConsequences(standing, issue, lastChange, now)
  return { ...standing, activity: standing.activity.toReversed() }
}

type Draft = Omit<IssueStanding, 'activity'> & { activity: Activity[] }

function begin(issue: Issue): Draft {
  const { seed, kind, firstSeen } = issue
  return {
    status: 'unresolved',
    substatus: 'new',
    statusDetails: {},
    since: firstSeen,
    assignee: null,
    assignedAt: null,
    priority: fraction(seed, 40) < 0.03 ? null : choosePriority(issue),
    priorityLockedAt: null,
    isPublic: fraction(seed, 41) < 0.02,
    isInInbox: true,
    isDiscarded: false,
    mergedInto: null,
    activity: [
      {
        id: '0',
        type: 'first_seen',
        person: null,
        data: { priority: kind.level === 'fatal' ? 'high' : 'medium' },
        at: firstSeen,
      },
    ],
  }
}

function choosePriority({ kind, seed }: Issue): 'low' | 'medium' | 'high' {
  if (kind.level === 'fatal' || (kind.level === 'error' && !kind.isHandled))
    return fraction(seed, 42) < 0.8 ? 'high' : 'medium'
  return kind.level === 'error' || kind.level === 'warning' ? 'medium' : 'low'
}

function setStatus(
  draft: Draft,
  at: number,
  status: IssueStanding['status'],
  substatus: string | null,
  statusDetails: object = {},
): void {
  Object.assign(draft, { status, substatus, statusDetails, since: at, isInInbox: false })
}

function record(
  draft: Draft,
  { seed }: Issue,
  at: number,
  type: string,
  person: Person | null,
  data: object = {},
): void {
  draft.activity.push({
    id: String(8_000_000_000 + (seed % 1_000_000) * 1000 + draft.activity.length),
    type,
    person,
    data: { ...data },
    at,
  })
}

function applyStep(draft: Draft, issue: Issue, step: ScriptStep): void {
  const { at } = step
  if (step.type === 'set_ongoing') {
    if (draft.status !== 'unresolved' || draft.substatus === 'ongoing') return
    draft.substatus = 'ongoing'
    record(draft, issue, at, 'auto_set_ongoing', null, { after_days: 7 })
  } else if (step.type === 'set_escalating') {
    if (draft.status === 'resolved' || draft.substatus === 'archived_forever') return
    setStatus(draft, at, 'unresolved', 'escalating')
    draft.priority = 'high'
    record(draft, issue, at, 'set_escalating', null, { forecast: 12 })
  } else if (step.type === 'set_regression') {
    if (draft.status !== 'resolved') return
    setStatus(draft, at, 'unresolved', 'regressed')
    record(draft, issue, at, 'set_regression', null, {})
  } else if (step.type === 'set_resolved') applyResolution(draft, issue, step)
  else if (step.type === 'set_ignored') applyArchiving(draft, issue, step)
  else if (step.type === 'assigned') applyAssignment(draft, issue, step)
  else if (step.type === 'note')
    record(draft, issue, at, 'note', findPerson(issue, step.by), { text: notes[step.text % notes.length] })
}

function applyResolution(draft: Draft, issue: Issue, { at, by, how }: ScriptStep & { type: 'set_resolved' }): void {
  if (draft.status === 'resolved') return
  if (how === 'automatic') {
    setStatus(draft, at, 'resolved', null, { autoResolved: true })
    return record(draft, issue, at, 'set_resolved_by_age', null, { age: 336 })
  }
  const person = findPerson(issue, by)
  const release = issue.history.releases.latestBefore(at)
  if (how === 'in_commit') {
    const commit = { id: hexDigits(issue.seed, 43, 40), message: 'Guard empty addresses', repository: null }
    setStatus(draft, at, 'resolved', null, { inCommit: commit })
    return record(draft, issue, at, 'set_resolved_in_commit', person, { commit: commit.id })
  }
  if (how === 'in_next_release' && release !== null) {
    setStatus(draft, at, 'resolved', null, { inNextRelease: true })
    return record(draft, issue, at, 'set_resolved_in_release', person, { version: '' })
  }
  setStatus(draft, at, 'resolved', null)
  record(draft, issue, at, 'set_resolved', person)
}

function applyArchiving(draft: Draft, issue: Issue, { at, by, until }: ScriptStep & { type: 'set_ignored' }): void {
  if (draft.status !== 'unresolved') return
  const details = {
    escalating: { ignoreUntilEscalating: true },
    condition: { ignoreCount: 100_000, ignoreWindow: null },
    forever: {},
  }[until]
  const substatus = {
    escalating: 'archived_until_escalating',
    condition: 'archived_until_condition_met',
    forever: 'archived_forever',
  }[until]
  setStatus(draft, at, 'ignored', substatus, details)
  record(draft, issue, at, 'set_ignored', findPerson(issue, by), details)
}

function applyAssignment(draft: Draft, issue: Issue, { at, by, to }: ScriptStep & { type: 'assigned' }): void {
  const [team] = issue.project.teams
  const person = findPerson(issue, by)
  if (to === 'team' && team !== undefined) draft.assignee = { type: 'team', team }
  else if (person !== null) draft.assignee = { type: 'user', person }
  else return
  draft.assignedAt = at
  recordAssignment(draft, issue, at, null)
}

function recordAssignment(draft: Draft, issue: Issue, at: number, by: Person | null): void {
  const { assignee } = draft
  if (assignee === null) return record(draft, issue, at, 'unassigned', by)
  const [id, email] = assignee.type === 'user' ? [assignee.person.id, assignee.person.email] : [assignee.team.id, null]
  record(draft, issue, at, 'assigned', by, { assignee: id, assigneeEmail: email, assigneeType: assignee.type })
}

const activityByStatus = { resolved: 'set_resolved', unresolved: 'set_unresolved', ignored: 'set_ignored' } as const

function applyChange(draft: Draft, issue: Issue, { at, personId, fields, id }: IssueChange): void {
  const person = issue.organization.people.find(({ id }) => id === personId) ?? null
  const { status, assignedTo, priority, isPublic, inbox, isDiscarded, mergedInto, note } = fields
  if (status !== undefined) {
    setStatus(draft, at, status.status, status.substatus, status.statusDetails)
    const isInRelease = 'inRelease' in status.statusDetails || 'inNextRelease' in status.statusDetails
    record(
      draft,
      issue,
      at,
      isInRelease ? 'set_resolved_in_release' : activityByStatus[status.status],
      person,
      status.statusDetails,
    )
  }
  if (assignedTo !== undefined) {
    draft.assignee = findAssignee(issue, assignedTo)
    draft.assignedAt = at
    recordAssignment(draft, issue, at, person)
  }
  if (priority !== undefined) {
    Object.assign(draft, { priority, priorityLockedAt: at })
    record(draft, issue, at, 'set_priority', person, { priority, reason: 'manual' })
  }
  if (isPublic !== undefined && isPublic !== draft.isPublic) {
    draft.isPublic = isPublic
    record(draft, issue, at, isPublic ? 'set_public' : 'set_private', person)
  }
  if (inbox !== undefined) draft.isInInbox = inbox
  if (isDiscarded !== undefined) draft.isDiscarded = isDiscarded
  if (mergedInto !== undefined) draft.mergedInto = mergedInto
  if (note !== undefined)
    draft.activity.push({ id: String(9_000_000_000 + id), type: 'note', person, data: { text: note }, at })
}

function findAssignee(
  { organization }: Issue,
  assignedTo: { type: 'user' | 'team'; id: string } | null,
): IssueStanding['assignee'] {
  if (assignedTo === null) return null
  if (assignedTo.type === 'team') {
    const team = organization.teams.find(({ id }) => id === assignedTo.id)
    return team === undefined ? null : { type: 'team', team }
  }
  const person = organization.people.find(({ id }) => id === assignedTo.id) ?? null
  return person && { type: 'user', person }
}

/** What events that came after a person's decision made of it. */
function applyConsequences(draft: Draft, issue: Issue, { at, fields }: IssueChange, now: number): void {
  if (draft.since !== at || fields.status === undefined) return
  const { volume } = issue
  if (draft.status === 'resolved') {
    const ordinal = volume.countBefore(at + graceOfResolution)
    const moment = ordinal < volume.countBefore(now) ? volume.momentOf(ordinal) : null
    if (moment === null) return
    setStatus(draft, moment, 'unresolved', now - moment > 7 * day ? 'ongoing' : 'regressed')
    return record(draft, issue, moment, 'set_regression', null)
  }
  if (draft.status !== 'ignored') return
  const end = findEndOfArchiving(issue, fields.status.statusDetails, at)
  if (end === null || end >= now) return
  setStatus(draft, end, 'unresolved', 'ongoing')
  record(draft, issue, end, 'set_unresolved', null)
}

function findEndOfArchiving({ volume }: Issue, details: Readonly<Record<string, unknown>>, at: number): number | null {
  if (typeof details['ignoreUntil'] === 'string') return Date.parse(details['ignoreUntil'])
  if (typeof details['ignoreCount'] !== 'number') return null
  const ordinal = volume.countBefore(at) + details['ignoreCount'] - 1
  if (ordinal >= volume.total) return null
  const window = details['ignoreWindow']
  const moment = volume.momentOf(ordinal)
  return typeof window === 'number' && moment - at > window * minute ? null : moment
}

function findPerson({ organization }: Issue, by: number): Person | null {
  const { people } = organization
  return people.length === 0 ? null : pickOne(by, 1, people)
}

/** `ignoreUntil` for a number of minutes from a moment on. */
export const ignoreUntil = (at: number, minutes: number): string => formatSeconds(at + minutes * minute)
