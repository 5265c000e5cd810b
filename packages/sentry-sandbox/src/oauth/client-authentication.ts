import { timingSafeEqual } from 'node:crypto'
import type { Application, Applications } from './application.ts'
import { TokenError } from './token-error.ts'

const maximumBasicLength = 4096

/**
 * Finds the application that sends a token request, by HTTP Basic or by `client_id` and `client_secret` in the body. A public
 * application sends its id and no secret.
 *
 * @throws {TokenError} `invalid_request` for both at once, `invalid_client` for anything that does not prove the client.
 */
export function authenticateClient(
  authorization: string | undefined,
  form: URLSearchParams,
  applications: Applications,
): Application {
  const basic = readBasic(authorization)
  if (basic !== null && (form.has('client_id') || form.has('client_secret')))
    throw new TokenError(400, 'invalid_request')
  const { clientId, clientSecret } = basic ?? {
    clientId: form.get('client_id') ?? '',
    clientSecret: form.get('client_secret') ?? '',
  }
  const application = applications.find(clientId)
  // An unknown client and a wrong secret must not be told apart.
  if (application === undefined || !isSame(application.clientSecret ?? '', clientSecret)) {
    throw new TokenError(401, 'invalid_client', { 'WWW-Authenticate': 'Basic realm="oauth"' })
  }
  return application
}

function readBasic(authorization: string | undefined): { clientId: string; clientSecret: string } | null {
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/)
  if (scheme.toLowerCase() !== 'basic') return null
  const [encoded] = rest
  if (encoded === undefined || rest.length > 1 || encoded.length > maximumBasicLength) throw malformed()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw malformed()
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon === -1) throw malformed()
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) }
}

const malformed = () => new TokenError(401, 'invalid_client')

function isSame(expected: string, actual: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(actual)]
  return left.length === right.length && timingSafeEqual(left, right)
}
