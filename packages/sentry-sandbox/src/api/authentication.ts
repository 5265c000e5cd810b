import type { TokenReplication } from '../state/token-replication.ts'
import type { TokenRecord, Tokens } from '../state/tokens.ts'
import type { Person } from '../world/person.ts'
import type { World } from '../world/world.ts'
import { unauthenticated } from './api-error.ts'

/** Whoever sends an API request: a person, and what the access token lets them do. */
export interface Caller {
  person: Person
  scopes: readonly string[]
  /** The organization that the access token belongs to; null when it is not bound to one. */
  organizationId: string | null
}

interface Authentication {
  tokens: Tokens
  tokenReplication: TokenReplication
  inactive: ReadonlySet<string>
  world: World
  clock: () => Date
}

/**
 * Finds the caller behind an `Authorization` header; null when there is no bearer token in it.
 *
 * @throws {ApiError} 401 for a header that is malformed and a token that is unknown or expired, or whose person or application is
 * switched off.
 */
export function authenticate(
  authorization: string | undefined,
  isRegion: boolean,
  { tokens, tokenReplication, inactive, world, clock }: Authentication,
): Caller | null {
  const accessToken = readBearer(authorization)
  if (accessToken === null) return null
  const known = tokens.findByAccessToken(accessToken)
  const token = isRegion ? tokenReplication.see(accessToken, known) : known
  const person = token === null ? undefined : world.findPerson(token.personId)
  if (token === null || person === undefined) throw unauthenticated('Invalid token')
  requireUsable(token, inactive, clock())
  return { person, scopes: token.scopes, organizationId: token.organizationId }
}

function requireUsable(token: TokenRecord, inactive: ReadonlySet<string>, now: Date): void {
  if (token.expiresAt.getTime() <= now.getTime()) throw unauthenticated('Token expired')
  if (inactive.has(token.personId)) throw unauthenticated('User inactive or deleted')
  if (inactive.has(token.clientId)) throw unauthenticated('UserApplication inactive or deleted')
}

function readBearer(authorization: string | undefined): string | null {
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/)
  if (scheme.toLowerCase() !== 'bearer') return null
  const [accessToken] = rest
  if (accessToken === undefined) throw unauthenticated('Invalid token header. No credentials provided.')
  if (rest.length > 1) throw unauthenticated('Invalid token header. Token string should not contain spaces.')
  return accessToken
}
