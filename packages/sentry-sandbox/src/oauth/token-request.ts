import type { Codes } from '../state/codes.ts'
import type { TokenRecord, Tokens } from '../state/tokens.ts'
import type { Application, Applications } from './application.ts'
import { authenticateClient } from './client-authentication.ts'
import { verifyCodeChallenge } from './code-challenge.ts'
import { expandScopes } from './scopes.ts'
import { TokenError } from './token-error.ts'

export interface TokenIssuer {
  applications: Applications
  codes: Codes
  tokens: Tokens
}

type Grant = (issuer: TokenIssuer, application: Application, form: URLSearchParams) => TokenRecord

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
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
): TokenRecord {
  const grantType = form.get('grant_type')
  if (grantType === null || grantType === '') throw new TokenError(400, 'invalid_request')
  const grant = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined
  if (grant === undefined) throw new TokenError(400, 'unsupported_grant_type')
  const application = authenticateClient(authorization, form, issuer.applications)
  return grant(issuer, application, form)
}

function exchangeCode({ codes, tokens }: TokenIssuer, { clientId }: Application, form: URLSearchParams): TokenRecord {
  // Taking the code comes first: a wrong redirect URI or verifier destroys it, so nobody gets a second guess.
  const grant = codes.take(form.get('code') ?? '', clientId)
  if (grant === null) throw new TokenError(400, 'invalid_grant')
  if (grant.redirectUri !== (form.get('redirect_uri') ?? '')) throw new TokenError(400, 'invalid_grant')
  if (grant.codeChallenge !== null && !verifyCodeChallenge(grant.codeChallenge, form.get('code_verifier') ?? '')) {
    throw new TokenError(400, 'invalid_grant')
  }
  return tokens.issue({ clientId, personId: grant.personId, scopes: expandScopes(grant.scopes) })
}

function refresh({ tokens }: TokenIssuer, { clientId }: Application, form: URLSearchParams): TokenRecord {
  const refreshToken = form.get('refresh_token') ?? ''
  if (refreshToken === '' || form.has('scope')) throw new TokenError(400, 'invalid_request')
  const rotated = tokens.rotate(refreshToken, clientId)
  if (rotated === null) throw new TokenError(400, 'invalid_grant')
  return rotated
}
