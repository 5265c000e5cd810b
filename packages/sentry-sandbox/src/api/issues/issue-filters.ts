import type { IssueChanges } from '../../state/issue-changes.ts'
import { openEvent, type WorldEvent } from '../../world/event.ts'
import { tagOf, tagsFor } from '../../world/event-tags.ts'
import { eventsBackwards } from '../../world/issue-events.ts'
import { badRequest } from '../api-error.ts'
import type { OrganizationAccess } from '../organization-access.ts'
import type { Project } from '../../world/project.ts'
import { parsePeriod } from '../parameters/period.ts'
import type { IssueCandidate } from './issue-candidate.ts'
import { createTextTest, invalid, type IssueFilter } from './issue-query.ts'
import { readPersonFlags } from './person-flags.ts'

/** Whoever searches, and what the answers depend on. */
export interface SearchContext {
  access: OrganizationAccess
  /** Those that the request selects. */
  projects: readonly Project[]
  changes: IssueChanges
  now: number
}

type Test = (candidate: IssueCandidate) => boolean
type TestMaker = (filter: IssueFilter, context: SearchContext) => Test

const byText =
  (read: (candidate: IssueCandidate) => string | null): TestMaker =>
  ({ values }) => {
    const test = createTextTest(values)
    return (candidate) => test(read(candidate) ?? '')
  }

const states: Readonly<Record<string, Test>> = {
  unresolved: ({ standing }) => standing.status === 'unresolved',
  resolved: ({ standing }) => standing.status === 'resolved',
  ignored: ({ standing }) => standing.status === 'ignored',
  archived: ({ standing }) => standing.status === 'ignored',
  muted: ({ standing }) => standing.status === 'ignored',
  reprocessing: () => false,
  assigned: ({ standing }) => standing.assignee !== null,
  unassigned: ({ standing }) => standing.assignee === null,
  for_review: ({ standing }) => standing.status === 'unresolved' && standing.isInInbox,
  linked: () => false,
  unlinked: () => true,
  new: ({ standing }) => standing.substatus === 'new',
  ongoing: ({ standing }) => standing.substatus === 'ongoing',
  escalating: ({ standing }) => standing.substatus === 'escalating',
  regressed: ({ standing }) => standing.substatus === 'regressed',
  until_escalating: ({ standing }) => standing.substatus === 'archived_until_escalating',
  until_condition_met: ({ standing }) => standing.substatus === 'archived_until_condition_met',
  archived_until_escalating: ({ standing }) => standing.substatus === 'archived_until_escalating',
  archived_until_condition_met: ({ standing }) => standing.substatus === 'archived_until_condition_met',
  archived_forever: ({ standing }) => standing.substatus === 'archived_forever',
  forever: ({ standing }) => standing.substatus === 'archived_forever',
}

const is: TestMaker = ({ values }) => {
  const tests = values.map((value) => {
    const test = Object.hasOwn(states, value.toLowerCase()) ? states[value.toLowerCase()] : undefined
    if (test === undefined) throw invalid(`invalid status value of '${value}'`)
    return test
  })
  return (candidate) => tests.some((test) => test(candidate))
}

const assigned: TestMaker = ({ values }, { access }) => {
  const tests = values.map((value): Test => {
    const text = value.toLowerCase()
    const me = access.member.person?.id
    if (text === 'none') return ({ standing }) => standing.assignee === null
    if (text === 'me')
      return ({ standing: { assignee } }) =>
        (assignee?.type === 'user' && assignee.person.id === me) || isOwnTeam(access, assignee)
    if (text === 'my_teams') return ({ standing }) => isOwnTeam(access, standing.assignee)
    if (text.startsWith('#'))
      return ({ standing: { assignee } }) => assignee?.type === 'team' && assignee.team.slug === text.slice(1)
    return ({ standing: { assignee } }) =>
      assignee?.type === 'user' && [assignee.person.email, assignee.person.username].includes(value)
  })
  return (candidate) => tests.some((test) => test(candidate))
}

function isOwnTeam({ member }: OrganizationAccess, assignee: IssueCandidate['standing']['assignee']): boolean {
  return assignee?.type === 'team' && member.teams.some(({ team }) => team === assignee.team)
}

const byPerson =
  (flag: 'isBookmarked' | 'isSubscribed'): TestMaker =>
  ({ values }, { access, changes }) => {
    const ids = values.flatMap((value) =>
      value === 'me'
        ? (access.member.person?.id ?? [])
        : access.organization.people
            .filter(({ email, username }) => [email, username].includes(value))
            .map(({ id }) => id),
    )
    return ({ issue }) => ids.some((id) => readPersonFlags(issue, id, changes)[flag])
  }

const byNumber =
  (read: (candidate: IssueCandidate) => number): TestMaker =>
  ({ key, values, operator }) => {
    const numbers = values.map((value) => {
      const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmb]?)$/i.exec(value) ?? []
      if (digits === undefined) throw invalid(`Invalid number for '${key}:': ${value}`)
      return Number(digits) * ({ k: 1e3, m: 1e6, b: 1e9 }[unit.toLowerCase()] ?? 1)
    })
    return (candidate) => numbers.some((number) => compare(read(candidate), operator, number))
  }

function compare(left: number, operator: IssueFilter['operator'], right: number): boolean {
  if (operator === '=') return left === right
  if (operator === '>') return left > right
  if (operator === '>=') return left >= right
  return operator === '<' ? left < right : left <= right
}

/** `-24h` is less than a day ago, `+24h` more; dates compare as numbers do, and a bare date means its day. */
const byMoment =
  (read: (candidate: IssueCandidate) => number): TestMaker =>
  ({ key, values: [value = ''], operator }, { now }) => {
    const [, sign, period] = /^([+-])(.+)$/.exec(value) ?? []
    const seconds = period === undefined ? null : parsePeriod(period)
    if (seconds !== null) {
      const moment = now - seconds * 1000
      return (candidate) => (sign === '-' ? read(candidate) >= moment : read(candidate) <= moment)
    }
    const moment = /^\d{4}-\d{2}-\d{2}/.test(value)
      ? Date.parse(value.includes('T') && !value.endsWith('Z') ? `${value}Z` : value)
      : NaN
    if (Number.isNaN(moment)) throw invalid(`Invalid date for '${key}:': ${value}`)
    if (operator !== '=') return (candidate) => compare(read(candidate), operator, moment)
    return (candidate) => read(candidate) >= moment && read(candidate) < moment + 86_400_000
  }

const isUnhandled = ({ issue: { kind } }: IssueCandidate) => kind.eventType === 'error' && !kind.isHandled

const byTruth =
  (read: Test): TestMaker =>
  ({ values: [value = ''] }) =>
  (candidate) =>
    read(candidate) === ['1', 'true'].includes(value.toLowerCase())

/** @throws {ApiError} 400 for a project that the request does not select. */
const project: TestMaker = ({ values }, { projects }) => {
  const unknown = values.filter(
    (value) => !value.includes('*') && !projects.some(({ slug, id }) => slug === value || id === value),
  )
  if (unknown.length > 0) throw invalidSelection(unknown)
  const test = createTextTest(values)
  return ({ issue }) => test(issue.project.slug) || values.includes(issue.project.id)
}

const invalidSelection = (slugs: readonly string[]) =>
  badRequest(`Invalid query. Project(s) ${slugs.join(', ')} do not exist or are not actively selected.`)

const firstRelease: TestMaker = ({ values }) => {
  const test = createTextTest(values)
  const wantsLatest = values.includes('latest')
  return ({ issue, range }) => {
    const version = openEvent(issue, 0).release?.version
    if (version === undefined) return false
    return test(version) || (wantsLatest && version === issue.history.releases.latestBefore(range.end)?.version)
  }
}

/** Whether any event in the range has the tag with such a value. */
const tag: TestMaker = ({ key, values }) => {
  const name = key.replace(/^tags\[(.*)\]$/, '$1')
  const test = createTextTest(values)
  const wantsLatest = name === 'release' && values.includes('latest')
  return ({ issue, range }) => {
    if (!Object.hasOwn(tagsFor(issue), name)) return false
    const latest = wantsLatest ? issue.history.releases.latestBefore(range.end)?.version : undefined
    return someEvent(issue, range, (event) => {
      const value = tagOf(event, name)
      return value !== null && (test(value) || value === latest)
    })
  }
}

const has: TestMaker = ({ values }) => {
  return ({ issue, range }) =>
    values.some(
      (key) =>
        Object.hasOwn(tagsFor(issue), key) && someEvent(issue, range, (event) => (tagOf(event, key) ?? '') !== ''),
    )
}

function someEvent(
  issue: IssueCandidate['issue'],
  range: IssueCandidate['range'],
  test: (event: WorldEvent) => boolean,
): boolean {
  for (const event of eventsBackwards(issue, range)) if (test(event)) return true
  return false
}

const userField =
  (read: (user: NonNullable<WorldEvent['user']>) => string | null): TestMaker =>
  ({ values }) => {
    const test = createTextTest(values)
    return ({ issue, range }) =>
      issue.audience > 0 && someEvent(issue, range, ({ user }) => user !== null && test(read(user) ?? ''))
  }

const title = byText(({ issue }) => issue.title)
const category = byText(({ issue }) => issue.kind.issueCategory)
const type = byText(({ issue }) => issue.kind.issueType)
const timesSeen = byNumber(({ issue, range }) => issue.volume.countBefore(range.end))
const firstSeen = byMoment(({ issue }) => issue.firstSeen)
const priority = byText(({ standing }) => standing.priority)

const makers: Readonly<Record<string, TestMaker>> = {
  is,
  assigned,
  assigned_to: assigned,
  assigned_or_suggested: assigned,
  bookmarks: byPerson('isBookmarked'),
  subscribed: byPerson('isSubscribed'),
  project,
  'project.name': project,
  'project.id': project,
  issue: byText(({ issue }) => issue.shortId),
  'issue.id': byText(({ issue }) => issue.id),
  'issue.priority': priority,
  'issue.category': category,
  'issue.type': type,
  category,
  level: byText(({ issue }) => issue.level),
  status: is,
  title,
  message: byText(({ issue }) => issue.title),
  culprit: byText(({ issue }) => issue.culprit),
  platform: byText(({ issue }) => issue.platform),
  'platform.name': byText(({ issue }) => issue.platform),
  logger: byText(({ issue }) => issue.logger),
  type: byText(({ issue }) => issue.kind.eventType),
  'event.type': byText(({ issue }) => issue.kind.eventType),
  'error.type': byText(({ issue }) => issue.type),
  'error.value': byText(({ issue }) => issue.value),
  'error.handled': byTruth((candidate) => candidate.issue.kind.eventType === 'error' && !isUnhandled(candidate)),
  'error.unhandled': byTruth(isUnhandled),
  'stack.filename': byText(({ issue }) => issue.place?.file ?? null),
  'stack.function': byText(({ issue }) => issue.place?.function ?? null),
  'stack.module': byText(({ issue }) => issue.place?.module ?? null),
  timesSeen,
  times_seen: timesSeen,
  firstSeen,
  first_seen: firstSeen,
  age: firstSeen,
  lastSeen: byMoment(({ lastSeen }) => lastSeen ?? 0),
  last_seen: byMoment(({ lastSeen }) => lastSeen ?? 0),
  firstRelease,
  'first-release': firstRelease,
  first_release: firstRelease,
  has,
  'user.id': userField(({ id }) => id),
  'user.email': userField(({ email }) => email),
  'user.username': userField(({ username }) => username),
  'user.ip': userField(({ ipAddress }) => ipAddress),
}

const cheap = new Set([
  'is',
  'level',
  'project',
  'issue',
  'issue.id',
  'assigned',
  'issue.priority',
  'issue.category',
  'issue.type',
])

/**
 * Makes the test of a search. What no other key claims is a tag.
 *
 * @throws {ApiError} 400 for values that a key does not have.
 */
export function createTests(filters: readonly IssueFilter[], context: SearchContext): Test[] {
  const ordered = filters.toSorted((left, right) => Number(cheap.has(right.key)) - Number(cheap.has(left.key)))
  return ordered.map((filter) => {
    const make = (Object.hasOwn(makers, filter.key) ? makers[filter.key] : undefined) ?? tag
    const test = make(filter, context)
    return filter.isNegated ? (candidate) => !test(candidate) : test
  })
}

/** Whether a candidate says that text somewhere. */
export function createWordTest(text: string): Test {
  const wanted = text.toLowerCase().replaceAll('*', '')
  return ({ issue }) =>
    wanted === '' ||
    [issue.title, issue.culprit ?? '', issue.value, issue.shortId].some((part) => part.toLowerCase().includes(wanted))
}
