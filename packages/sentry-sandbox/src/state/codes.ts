import type { DatabaseSync } from 'node:sqlite'
import { createRandomToken } from './random-token.ts'

const lifetime = 10 * 60 * 1000

export interface CodeGrant {
  clientId: string
  personId: string
  /** The organization that the person chose for an organization-bound application. */
  organizationId: string | null
  /** Exactly as the authorization request spelt it. */
  redirectUri: string
  scopes: string[]
  codeChallenge: string | null
}

/** Authorization codes: ten minutes, single use. */
export interface Codes {
  issue(grant: CodeGrant): string
  /** Takes the code out, whatever becomes of the exchange; null when it is unknown, used, expired, or another client's. */
  take(code: string, clientId: string): CodeGrant | null
}

export function createCodes(database: DatabaseSync, clock: () => Date): Codes {
  const insert = database.prepare(
    `insert into codes (code, client_id, person_id, organization_id, redirect_uri, scopes, code_challenge, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const sweep = database.prepare('delete from codes where expires_at <= ?')
  const take = database.prepare('delete from codes where code = ? and client_id = ? returning *')
  return {
    issue({ clientId, personId, organizationId, redirectUri, scopes, codeChallenge }) {
      const now = clock().getTime()
      sweep.run(now)
      const code = createRandomToken()
      const grant = [clientId, personId, organizationId, redirectUri, JSON.stringify(scopes), codeChallenge]
      insert.run(code, ...grant, now + lifetime)
      return code
    },
    take(code, clientId) {
      const row = take.get(code, clientId)
      if (row === undefined || Number(row['expires_at']) <= clock().getTime()) return null
      return {
        clientId,
        personId: String(row['person_id']),
        organizationId: row['organization_id'] === null ? null : String(row['organization_id']),
        redirectUri: String(row['redirect_uri']),
        scopes: JSON.parse(String(row['scopes'])) as string[],
        codeChallenge: row['code_challenge'] === null ? null : String(row['code_challenge']),
      }
    },
  }
}
