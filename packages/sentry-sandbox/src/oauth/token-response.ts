import type { TokenRecord } from '../state/tokens.ts'
import type { Person } from '../world/person.ts'

/** The body of a successful answer of `/oauth/token/`. */
export function presentToken(token: TokenRecord, person: Person, now: Date): object {
  return {
    access_token: token.accessToken,
    refresh_token: token.refreshToken,
    expires_in: countSeconds(now, token.expiresAt),
    expires_at: presentExpiry(token),
    token_type: 'Bearer',
    scope: token.scopes.join(' '),
    user: { id: person.id, name: person.name, email: person.email },
    ...(token.organizationId === null ? {} : { organization_id: token.organizationId }),
  }
}

/** The fragment that the implicit flow comes back with. */
export function presentImplicitToken(token: TokenRecord, now: Date): Record<string, string> {
  return {
    access_token: token.accessToken,
    expires_in: String(countSeconds(now, token.expiresAt)),
    expires_at: presentExpiry(token),
    token_type: 'Bearer',
    scope: token.scopes.join(' '),
  }
}

const presentExpiry = ({ expiresAt }: TokenRecord) => expiresAt.toISOString().replace('Z', '000Z')

// Sentry rounds down, and some time has always passed since it set the expiry: 30 days are never the full 2592000 seconds.
function countSeconds(now: Date, expiresAt: Date): number {
  return Math.max(0, Math.floor((expiresAt.getTime() - now.getTime() - 1) / 1000))
}
