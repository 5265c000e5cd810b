import type { IssueChanges } from '../../state/issue-changes.ts'
import type { Issue } from '../../world/issue.ts'
import { countEvents, countUsers, lastEventIn, type EventRange } from '../../world/issue-events.ts'
import { readStanding, type IssueStanding } from '../../world/issue-standing.ts'
import type { World } from '../../world/world.ts'

/** Reads how issues stand, each once for a moment and a version of the changes. */
export interface Standings {
  of(issue: Issue): IssueStanding
}

interface Remembered {
  now: number
  version: number
  standing: IssueStanding
}

const remembered = new WeakMap<Issue, Remembered>()

export function createStandings({ clock }: World, changes: IssueChanges): Standings {
  const now = clock.now().getTime()
  const { version } = changes
  return {
    of(issue) {
      const known = remembered.get(issue)
      if (known?.now === now && known.version === version) return known.standing
      const standing = readStanding(issue, changes.of(issue.id), now)
      remembered.set(issue, { now, version, standing })
      return standing
    },
  }
}

/** An issue in the range that a request is about. */
export interface IssueCandidate {
  issue: Issue
  standing: IssueStanding
  range: EventRange
  readonly count: number
  readonly userCount: number
  /** Null when nothing happened in the range. */
  readonly lastSeen: number | null
}

/** Makes a candidate; its numbers are counted when somebody asks for them. */
export function createCandidate(issue: Issue, standing: IssueStanding, range: EventRange): IssueCandidate {
  let [count, userCount]: (number | null)[] = [null, null]
  let lastSeen: number | null | undefined
  return {
    issue,
    standing,
    range,
    get count() {
      return (count ??= countEvents(issue, range))
    },
    get userCount() {
      return (userCount ??= countUsers(issue, range))
    },
    get lastSeen() {
      if (lastSeen === undefined) lastSeen = lastEventIn(issue, range)
      return lastSeen
    },
  }
}
