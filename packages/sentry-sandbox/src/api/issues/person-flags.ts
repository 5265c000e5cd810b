import type { IssueChanges } from '../../state/issue-changes.ts'
import { fraction, hashText, mix } from '../../world/hash.ts'
import type { Issue } from '../../world/issue.ts'

/** What an issue is to one person. */
export interface PersonFlags {
  isBookmarked: boolean
  isSubscribed: boolean
  hasSeen: boolean
}

/** What an issue is to a person: their last word, else what the world drew. */
export function readPersonFlags(issue: Issue, personId: string, changes: IssueChanges): PersonFlags {
  const seed = mix(issue.seed, hashText(personId))
  const own = changes.of(issue.id).filter((change) => change.personId === personId)
  const last = (name: keyof PersonFlags) => own.findLast(({ fields }) => fields[name] !== undefined)?.fields[name]
  const hasActed = own.length > 0
  return {
    isBookmarked: last('isBookmarked') ?? fraction(seed, 1) < 0.04,
    isSubscribed: last('isSubscribed') ?? (hasActed || fraction(seed, 2) < 0.12),
    hasSeen: last('hasSeen') ?? (hasActed || fraction(seed, 3) < 0.4),
  }
}
