import type { Codes } from '../state/codes.ts'
import type { DeviceCodes } from '../state/device-codes.ts'
import type { TokenRecord, Tokens } from '../state/tokens.ts'
import type { Application, Applications } from './application.ts'
import { authenticateClient } from './client-authentication.ts'
import { verifyCodeChallenge } from './code-challenge.ts'
import { expandScopes } from './scopes.ts'
import { TokenError, type TokenErrorCode } from './token-error.ts'

/** What the token endpoint works on. */
export interface TokenIssuer {
  applications: Applications
  /** Ids of people and client ids of applications that are switched off. */
  inactive: ReadonlySet<string>
  codes: Codes
  deviceCodes: DeviceCodes
  tokens: Tokens
  clock: () => Date
}

/** The tokens, and whether somebody has just signed in for them: only then there is an id_token. */
export interface Granted {
  token: TokenRecord
  isSignIn: boolean
}

type Grant = (issuer: TokenIssuer, application: Application, form: URLSearchParams) => Granted

export const deviceCodeGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
  [deviceCodeGrantType]: pollDeviceCode,
}

/**
 * Answers a token request: grant type present, grant type known, client authenticated, then the grant's own checks, in Sentry's order.
 *
 * @throws {TokenError} for every refusal.
 */
export function processTokenRequest(
  issuer: TokenIssuer,
  authorization: string | undefined,
  form: URLSearchParams,
): Granted {
  const grantType = form.get('grant_type')
  if (grantType === null || grantType === '') throw refusal('invalid_request')
  const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined
  if (grant === undefined) throw refusal('unsupported_grant_type')
  const application = authenticateClient(authorization, form, issuer.applications)
  return grant(issuer, application, form)
}

const refusal = (code: TokenErrorCode) => new TokenError(400, code)

function exchangeCode(issuer: TokenIssuer, { clientId }: Application, form: URLSearchParams): Granted {
  // Taking the code comes first: an inactive client, a wrong redirect URI or verifier destroys it, so nobody gets a second guess.
  const grant = issuer.codes.take(form.get('code') ?? '', clientId)
  if (grant === null || isInactive(issuer, clientId, grant.personId)) throw refusal('invalid_grant')
  if (grant.redirectUri !== (form.get('redirect_uri') ?? '')) throw refusal('invalid_grant')
  if (grant.codeChallenge !== null && !verifyCodeChallenge(grant.codeChallenge, form.get('code_verifier') ?? '')) {
    throw refusal('invalid_grant')
  }
  const { personId, organizationId, scopes } = grant
  return {
    token: issuer.tokens.issue({ clientId, personId, organizationId, scopes: expandScopes(scopes) }),
    isSignIn: true,
  }
}

function refresh(issuer: TokenIssuer, { clientId }: Application, form: URLSearchParams): Granted {
  const refreshToken = form.get('refresh_token') ?? ''
  if (refreshToken === '' || form.has('scope')) throw refusal('invalid_request')
  const personId = issuer.tokens.findByRefreshToken(refreshToken)?.personId ?? ''
  if (isInactive(issuer, clientId, personId)) throw refusal('invalid_grant')
  const token = issuer.tokens.rotate(refreshToken, clientId)
  if (token === null) throw refusal('invalid_grant')
  return { token, isSignIn: false }
}

function pollDeviceCode(issuer: TokenIssuer, { clientId }: Application, form: URLSearchParams): Granted {
  const deviceCode = form.get('device_code') ?? ''
  if (deviceCode === '') throw refusal('invalid_request')
  const poll = issuer.deviceCodes.poll(deviceCode, clientId)
  if (poll === null) throw refusal('invalid_grant')
  const { expiresAt, status, personId, organizationId, scopes } = poll.request
  if (expiresAt.getTime() <= issuer.clock().getTime()) throw refusal('expired_token')
  if (poll.isTooSoon) throw refusal('slow_down')
  if (status === 'pending') throw refusal('authorization_pending')
  issuer.deviceCodes.remove(deviceCode)
  if (status === 'denied' || personId === null) throw refusal('access_denied')
  if (isInactive(issuer, clientId, personId)) throw refusal('invalid_grant')
  return {
    token: issuer.tokens.issue({ clientId, personId, organizationId, scopes: expandScopes(scopes) }),
    isSignIn: true,
  }
}

function isInactive({ inactive }: TokenIssuer, clientId: string, personId: string): boolean {
  return inactive.has(clientId) || inactive.has(personId)
}
