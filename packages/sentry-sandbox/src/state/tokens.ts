import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { createRandomToken } from './random-token.ts'

export interface TokenRecord {
  accessToken: string
  refreshToken: string
  clientId: string
  personId: string
  /** Expanded by the scope hierarchy, sorted. */
  scopes: string[]
  expiresAt: Date
}

/** Access and refresh tokens. A pair is one row, so that rotation replaces both at the same instant. */
export interface Tokens {
  issue(grant: { clientId: string; personId: string; scopes: string[] }): TokenRecord
  /** Replaces the pair in place; null when the refresh token is unknown, already rotated, or another client's. */
  rotate(refreshToken: string, clientId: string): TokenRecord | null
  findByAccessToken(accessToken: string): TokenRecord | null
  /** Moves the expiry of an access token into the past. */
  expire(accessToken: string): void
}

export function createTokens(database: DatabaseSync, clock: () => Date, lifetime: number): Tokens {
  const insert = database.prepare(
    'insert into tokens (access_token, refresh_token, client_id, person_id, scopes, expires_at) values (?, ?, ?, ?, ?, ?) returning *',
  )
  const rotate = database.prepare(
    'update tokens set access_token = ?, refresh_token = ?, expires_at = ? where refresh_token = ? and client_id = ? returning *',
  )
  const select = database.prepare('select * from tokens where access_token = ?')
  const expire = database.prepare('update tokens set expires_at = 0 where access_token = ?')
  const expiry = () => clock().getTime() + lifetime * 1000
  return {
    issue({ clientId, personId, scopes }) {
      const values = [createRandomToken(), createRandomToken(), clientId, personId, JSON.stringify(scopes), expiry()]
      const record = readToken(insert.get(...values))
      if (record === null) throw new Error('SQLite returned no row for an inserted token')
      return record
    },
    rotate: (refreshToken, clientId) =>
      readToken(rotate.get(createRandomToken(), createRandomToken(), expiry(), refreshToken, clientId)),
    findByAccessToken: (accessToken) => readToken(select.get(accessToken)),
    expire(accessToken) {
      expire.run(accessToken)
    },
  }
}

function readToken(row: Record<string, SQLOutputValue> | undefined): TokenRecord | null {
  if (row === undefined) return null
  return {
    accessToken: String(row['access_token']),
    refreshToken: String(row['refresh_token']),
    clientId: String(row['client_id']),
    personId: String(row['person_id']),
    scopes: JSON.parse(String(row['scopes'])) as string[],
    expiresAt: new Date(Number(row['expires_at'])),
  }
}
