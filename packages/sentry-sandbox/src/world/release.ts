import type { Person } from './person.ts'
import type { Project } from './project.ts'

/** A version of a project. */
export interface Release {
  /** Sentry's own ids of releases are numbers. */
  id: number
  version: string
  project: Project
  /** How many came before it. */
  index: number
  seed: number
  /** Milliseconds, as all moments here. */
  dateCreated: number
  /** When it went to production; every environment has it a little earlier. */
  dateReleased: number
  isArchived: boolean
  /** Of a hundred sessions, how many crash: below one for a good release, several for a bad one. */
  crashRate: number
  deploys: readonly Deploy[]
  commitCount: number
  /** Newest first. */
  listCommits(): readonly Commit[]
}

export interface Deploy {
  id: string
  environment: string
  name: string | null
  url: string | null
  dateStarted: number | null
  dateFinished: number
}

export interface Commit {
  /** 40 hexadecimal digits. */
  id: string
  message: string
  dateCreated: number
  /** Null for an author without a Sentry account; then only name and e-mail are known. */
  person: Person | null
  author: { name: string; email: string }
  /** `owner/name` */
  repository: string
}
