import { createHmac } from 'node:crypto'
import type { Person } from '../world/person.ts'
import { presentClaims } from './user-claims.ts'

const lifetime = 10 * 60

/** What an id_token says. */
export interface IdTokenSubject {
  issuer: string
  clientId: string
  person: Person
  scopes: readonly string[]
  nonce: string | null
  now: Date
}

/** An OpenID Connect id_token, signed with HS256 and the server's own secret, as Sentry signs it. */
export function signIdToken({ issuer, clientId, person, scopes, nonce, now }: IdTokenSubject, secret: string): string {
  const issuedAt = Math.floor(now.getTime() / 1000)
  const header = { alg: 'HS256', typ: 'JWT' }
  const payload = {
    iss: issuer,
    sub: person.id,
    aud: clientId,
    exp: issuedAt + lifetime,
    iat: issuedAt,
    ...(nonce === null ? {} : { nonce }),
    ...presentClaims(person, scopes),
  }
  const signed = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
