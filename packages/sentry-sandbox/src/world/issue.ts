import type { IssueKind, Level, Place } from './issue-kind.ts'
import type { IssueScript } from './issue-script.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'
import type { ProjectHistory } from './project-history.ts'
import type { Volume } from './volume.ts'

/** An issue as its events make it. What people have done about it is its standing. */
export interface Issue {
  /** A number, as text. */
  id: string
  shortId: string
  seed: number
  organization: Organization
  history: ProjectHistory
  project: Project
  kind: IssueKind
  level: Level
  title: string
  culprit: string | null
  /** Type and value of the exception, or the message as the value. */
  type: string
  value: string
  place: Place | null
  /** What the exception was caused by. */
  cause: { type: string; value: string } | null
  /** Name and value, as an occurrence shows them. */
  evidence: readonly (readonly [name: string, value: string])[]
  logger: string | null
  /** Platform of its events. */
  platform: string
  /** How many people can run into it; 0 for code that no person is near. */
  audience: number
  /** Its events over its whole life, those to come included: compare with the world's clock. */
  readonly volume: Volume
  /** Moment of its first event (milliseconds). */
  readonly firstSeen: number
  /** What happens to it if nobody interferes. */
  readonly script: IssueScript
}
