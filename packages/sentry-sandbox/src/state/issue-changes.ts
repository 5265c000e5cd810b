import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

/** What one person did to an issue at one moment. Only what they changed is there. */
export interface IssueChange {
  /** Grows with every change. */
  id: number
  issueId: string
  personId: string
  /** Milliseconds. */
  at: number
  fields: ChangedFields
}

export interface ChangedFields {
  status?: StatusChange
  assignedTo?: { type: 'user' | 'team'; id: string } | null
  priority?: 'low' | 'medium' | 'high'
  isPublic?: boolean
  inbox?: boolean
  hasSeen?: boolean
  isBookmarked?: boolean
  isSubscribed?: boolean
  isDiscarded?: boolean
  /** Id of the issue that this one became part of. */
  mergedInto?: string
  note?: string
}

export interface StatusChange {
  status: 'resolved' | 'unresolved' | 'ignored'
  substatus: string | null
  statusDetails: Readonly<Record<string, unknown>>
}

/** Everything that people did to issues, kept across restarts. The last change of a field wins. */
export interface IssueChanges {
  /** In order of time. */
  of(issueId: string): readonly IssueChange[]
  add(change: Omit<IssueChange, 'id'>): IssueChange
  /** Ids of the issues that became part of another one. */
  mergedInto(issueId: string): readonly string[]
  /** Changes whenever anything is added. */
  readonly version: number
}

const schema = `
  create table if not exists issue_changes (
    id integer primary key,
    issue_id text not null,
    person_id text not null,
    at integer not null,
    fields text not null
  ) strict;
`
const none: readonly IssueChange[] = []

/** Opens the changes that a database holds. They are few, so they are kept in memory as well. */
export function createIssueChanges(database: DatabaseSync): IssueChanges {
  database.exec(schema)
  const insert = database.prepare('insert into issue_changes (issue_id, person_id, at, fields) values (?, ?, ?, ?)')
  const byIssue = new Map<string, IssueChange[]>()
  const merged = new Map<string, string[]>()
  let version = 0
  const remember = (change: IssueChange) => {
    byIssue.set(change.issueId, [...(byIssue.get(change.issueId) ?? none), change])
    const parent = change.fields.mergedInto
    if (parent !== undefined) merged.set(parent, [...(merged.get(parent) ?? []), change.issueId])
    version += 1
  }
  for (const row of database.prepare('select * from issue_changes order by id').all()) remember(readChange(row))
  return {
    of: (issueId) => byIssue.get(issueId) ?? none,
    add({ issueId, personId, at, fields }) {
      const { lastInsertRowid } = insert.run(issueId, personId, at, JSON.stringify(fields))
      const change = { id: Number(lastInsertRowid), issueId, personId, at, fields }
      remember(change)
      return change
    },
    mergedInto: (issueId) => merged.get(issueId) ?? [],
    get version() {
      return version
    },
  }
}

function readChange(row: Record<string, SQLOutputValue>): IssueChange {
  return {
    id: Number(row['id']),
    issueId: String(row['issue_id']),
    personId: String(row['person_id']),
    at: Number(row['at']),
    fields: JSON.parse(String(row['fields'])) as ChangedFields,
  }
}
