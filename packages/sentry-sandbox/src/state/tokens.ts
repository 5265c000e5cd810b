import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { createRandomToken } from './random-token.ts'

export interface TokenRecord {
  accessToken: string
  /** Null for a token of the implicit flow. */
  refreshToken: string | null
  clientId: string
  personId: string
  /** The organization that a token of an organization-bound application belongs to. */
  organizationId: string | null
  /** Expanded by the scope hierarchy, sorted. */
  scopes: string[]
  expiresAt: Date
}

export interface TokenGrant {
  clientId: string
  personId: string
  organizationId: string | null
  scopes: string[]
}

/** Access and refresh tokens. A pair is one row, so that rotation replaces both at the same instant. */
export interface Tokens {
  issue(grant: TokenGrant): TokenRecord & { refreshToken: string }
  /** A token that cannot be refreshed. */
  issueWithoutRefresh(grant: TokenGrant): TokenRecord
  /** Replaces the pair in place; null when the refresh token is unknown, already rotated, or another client's. */
  rotate(refreshToken: string, clientId: string): TokenRecord | null
  findByAccessToken(accessToken: string): TokenRecord | null
  findByRefreshToken(refreshToken: string): TokenRecord | null
  /** Moves the expiry of an access token into the past. */
  expire(accessToken: string): void
  /** Deletes the pair that the access token belongs to. */
  revoke(accessToken: string): void
  /** Deletes every pair that an application holds for a person. */
  revokeAll(clientId: string, personId: string): void
}

/** Tokens in the database. `lifetime` gives the seconds that a token lives from now; `onChange` hears of rows that come, change and go. */
export function createTokens(
  database: DatabaseSync,
  clock: () => Date,
  lifetime: () => number,
  onChange: (before: TokenRecord | null, after: TokenRecord | null) => void,
): Tokens {
  const insert = database.prepare(
    `insert into tokens (access_token, refresh_token, client_id, person_id, organization_id, scopes, expires_at)
     values (?, ?, ?, ?, ?, ?, ?) returning *`,
  )
  const rotate = database.prepare(
    'update tokens set access_token = ?, refresh_token = ?, expires_at = ? where refresh_token = ? and client_id = ? returning *',
  )
  const selectByAccessToken = database.prepare('select * from tokens where access_token = ?')
  const selectByRefreshToken = database.prepare('select * from tokens where refresh_token = ?')
  const expire = database.prepare('update tokens set expires_at = 0 where access_token = ?')
  const remove = database.prepare('delete from tokens where access_token = ? returning *')
  const removeAll = database.prepare('delete from tokens where client_id = ? and person_id = ? returning *')
  const expiry = () => clock().getTime() + lifetime() * 1000

  const issue = <T extends string | null>(grant: TokenGrant, refreshToken: T): TokenRecord & { refreshToken: T } => {
    const accessToken = createRandomToken()
    const { clientId, personId, organizationId, scopes } = grant
    const expiresAt = expiry()
    insert.run(accessToken, refreshToken, clientId, personId, organizationId, JSON.stringify(scopes), expiresAt)
    const record = { ...grant, accessToken, refreshToken, expiresAt: new Date(expiresAt) }
    onChange(null, record)
    return record
  }

  return {
    issue: (grant) => issue(grant, createRandomToken()),
    issueWithoutRefresh: (grant) => issue(grant, null),
    rotate(refreshToken, clientId) {
      const before = readToken(selectByRefreshToken.get(refreshToken))
      const after = readToken(rotate.get(createRandomToken(), createRandomToken(), expiry(), refreshToken, clientId))
      if (after !== null) onChange(before, after)
      return after
    },
    findByAccessToken: (accessToken) => readToken(selectByAccessToken.get(accessToken)),
    findByRefreshToken: (refreshToken) => readToken(selectByRefreshToken.get(refreshToken)),
    expire(accessToken) {
      expire.run(accessToken)
    },
    revoke(accessToken) {
      onChange(readToken(remove.get(accessToken)), null)
    },
    revokeAll(clientId, personId) {
      for (const row of removeAll.all(clientId, personId)) onChange(readToken(row), null)
    },
  }
}

function readToken(row: Record<string, SQLOutputValue> | undefined): TokenRecord | null {
  if (row === undefined) return null
  return {
    accessToken: String(row['access_token']),
    refreshToken: row['refresh_token'] === null ? null : String(row['refresh_token']),
    clientId: String(row['client_id']),
    personId: String(row['person_id']),
    organizationId: row['organization_id'] === null ? null : String(row['organization_id']),
    scopes: JSON.parse(String(row['scopes'])) as string[],
    expiresAt: new Date(Number(row['expires_at'])),
  }
}
