import type { Tokens } from '../state/tokens.ts'
import type { Person } from '../world/person.ts'
import type { World } from '../world/world.ts'
import { unauthenticated } from './api-error.ts'

/** Whoever sends an API request: a person, and what the access token lets them do. */
export interface Caller {
  person: Person
  scopes: readonly string[]
}

/**
 * Finds the caller behind an `Authorization` header; null when there is no bearer token in it.
 *
 * @throws {ApiError} 401 for a header that is malformed and a token that is unknown or expired.
 */
export function authenticate(
  authorization: string | undefined,
  { tokens, world, clock }: { tokens: Tokens; world: World; clock: () => Date },
): Caller | null {
  const accessToken = readBearer(authorization)
  if (accessToken === null) return null
  const token = tokens.findByAccessToken(accessToken)
  const person = token === null ? undefined : world.findPerson(token.personId)
  if (token === null || person === undefined) throw unauthenticated('Invalid token')
  if (token.expiresAt.getTime() <= clock().getTime()) throw unauthenticated('Token expired')
  return { person, scopes: token.scopes }
}

function readBearer(authorization: string | undefined): string | null {
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/)
  if (scheme.toLowerCase() !== 'bearer') return null
  const [accessToken] = rest
  if (accessToken === undefined) throw unauthenticated('Invalid token header. No credentials provided.')
  if (rest.length > 1) throw unauthenticated('Invalid token header. Token string should not contain spaces.')
  return accessToken
}
