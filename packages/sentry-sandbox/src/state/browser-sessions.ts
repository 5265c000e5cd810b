import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { createRandomToken } from './random-token.ts'

export interface BrowserSession {
  id: string
  /** Null until somebody is chosen on the sign-in page. */
  personId: string | null
  csrfToken: string
  /** The authorization request that waits for consent. One per session: a second tab overwrites the first, as in Sentry. */
  pendingAuthorization: string | null
}

/** Who is signed in to the sandbox's own pages. */
export interface BrowserSessions {
  find(id: string): BrowserSession | null
  /** A new session; the former one ends, so that an id from before sign-in is worth nothing after it. */
  start(personId: string | null, formerId: string | null): BrowserSession
  setPendingAuthorization(id: string, pending: string | null): void
}

export function createBrowserSessions(database: DatabaseSync): BrowserSessions {
  const select = database.prepare('select * from browser_sessions where id = ?')
  const insert = database.prepare(
    'insert into browser_sessions (id, person_id, csrf_token) values (?, ?, ?) returning *',
  )
  const remove = database.prepare('delete from browser_sessions where id = ?')
  const setPending = database.prepare('update browser_sessions set pending_authorization = ? where id = ?')
  return {
    find: (id) => readSession(select.get(id)),
    start(personId, formerId) {
      if (formerId !== null) remove.run(formerId)
      const session = readSession(insert.get(createRandomToken(), personId, createRandomToken()))
      if (session === null) throw new Error('SQLite returned no row for an inserted browser session')
      return session
    },
    setPendingAuthorization(id, pending) {
      setPending.run(pending, id)
    },
  }
}

function readSession(row: Record<string, SQLOutputValue> | undefined): BrowserSession | null {
  if (row === undefined) return null
  return {
    id: String(row['id']),
    personId: row['person_id'] === null ? null : String(row['person_id']),
    csrfToken: String(row['csrf_token']),
    pendingAuthorization: row['pending_authorization'] === null ? null : String(row['pending_authorization']),
  }
}
