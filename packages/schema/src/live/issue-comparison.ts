import type { Issue, Page } from '@sentry-graph/sentry-api'

/** What happened to an issue of a filter between two looks at it. */
export interface IssueChange {
  kind: 'appeared' | 'updated' | 'gone'
  issueId: string
  /** As it was last seen; null where it is gone. */
  record: Issue | null
}

/** What one look at a filter saw: the issues whose last event is the latest, these first. */
export interface IssueSight {
  at: Date
  issues: ReadonlyMap<string, Issue>
  /** Whether that is all there are. */
  isWhole: boolean
  /** The latest event that any look has seen so far, in Sentry’s time, which is not ours: epoch milliseconds. */
  latest: number
}

/** @param before is the look before this one. */
export function seeIssues({ items, next }: Page<Issue>, at: Date, before: IssueSight | null): IssueSight {
  const latest = Math.max(before?.latest ?? -Infinity, ...timesOf(items))
  return { at, issues: new Map(items.map((issue) => [issue.id, issue])), isWhole: next === null, latest }
}

/**
 * What has changed from one look to the next. Where a look saw only the latest issues of many, one that is older than
 * those is out of sight: neither gone when it leaves the view nor new when it comes into it.
 */
export function compareSights(before: IssueSight, after: IssueSight): IssueChange[] {
  const seen = [...after.issues.values()].flatMap((issue): IssueChange[] => {
    const kind = kindOf(issue, before)
    return kind === null ? [] : [{ kind, issueId: issue.id, record: issue }]
  })
  const gone = [...before.issues.values()]
    .filter((issue) => !after.issues.has(issue.id) && wouldBeSeen(issue, after))
    .map(({ id }): IssueChange => ({ kind: 'gone', issueId: id, record: null }))
  return [...seen, ...gone]
}

function kindOf(issue: Issue, before: IssueSight): 'appeared' | 'updated' | null {
  const former = before.issues.get(issue.id)
  if (former) return fingerprint(former) === fingerprint(issue) ? null : 'updated'
  if (before.isWhole || isAfter(issue.firstSeen, before.latest)) return 'appeared'
  // Of many, it may have matched all along, out of sight: then an event has brought it to the fore.
  if (isAfter(issue.lastSeen, before.latest)) return 'updated'
  return wouldBeSeen(issue, before) ? 'appeared' : null
}

/** Whether an issue would be in view if it still matched. */
function wouldBeSeen(issue: Issue, sight: IssueSight): boolean {
  return sight.isWhole || isAfter(issue.lastSeen, Math.min(...timesOf(sight.issues.values())))
}

function timesOf(issues: Iterable<Issue>): number[] {
  return [...issues].flatMap(({ lastSeen }) => (lastSeen ? [lastSeen.getTime()] : []))
}

function isAfter(time: Date | null, limit: number): boolean {
  return time !== null && time.getTime() > limit
}

function fingerprint(issue: Issue): string {
  const { status, substatus, priority, assignedTo, lastSeen, count, userCount, numComments } = issue
  return JSON.stringify([
    status,
    substatus,
    priority,
    assignedTo?.type,
    assignedTo?.id,
    lastSeen,
    count,
    userCount,
    numComments,
  ])
}
