import type { DatabaseSync } from 'node:sqlite'
import type { Tokens } from './tokens.ts'

/** What people have consented to, per application. Scopes accumulate until the person withdraws consent. */
export interface Authorizations {
  /** The scopes that the person has granted the application so far; null when there was no consent yet. */
  find(clientId: string, personId: string): string[] | null
  /** Adds scopes to the consent. */
  add(clientId: string, personId: string, scopes: readonly string[]): void
  /** The client ids of all applications the person has authorized. */
  listClients(personId: string): string[]
  /** Withdraws consent: the application's codes and tokens for this person die with it. */
  remove(clientId: string, personId: string): void
}

export function createAuthorizations(database: DatabaseSync, tokens: Pick<Tokens, 'revokeAll'>): Authorizations {
  const select = database.prepare('select scopes from authorizations where client_id = ? and person_id = ?')
  const selectClients = database.prepare('select client_id from authorizations where person_id = ? order by client_id')
  const upsert = database.prepare(
    'insert into authorizations (client_id, person_id, scopes) values (?, ?, ?) on conflict do update set scopes = excluded.scopes',
  )
  const removals = ['authorizations', 'codes', 'device_codes'].map((table) =>
    database.prepare(`delete from ${table} where client_id = ? and person_id = ?`),
  )

  const find = (clientId: string, personId: string) => {
    const row = select.get(clientId, personId)
    return row === undefined ? null : (JSON.parse(String(row['scopes'])) as string[])
  }
  return {
    find,
    add(clientId, personId, scopes) {
      const merged = new Set([...(find(clientId, personId) ?? []), ...scopes])
      upsert.run(clientId, personId, JSON.stringify([...merged].toSorted()))
    },
    listClients: (personId) => selectClients.all(personId).map((row) => String(row['client_id'])),
    remove(clientId, personId) {
      for (const removal of removals) removal.run(clientId, personId)
      tokens.revokeAll(clientId, personId)
    },
  }
}
