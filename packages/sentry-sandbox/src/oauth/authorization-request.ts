import type { Application, Applications } from './application.ts'
import { isWellFormed } from './code-challenge.ts'
import { matchRedirectUri } from './redirect-uri.ts'
import { isKnownScope } from './scopes.ts'

/** A code for the token endpoint, or (implicit flow) the access token itself. */
export type ResponseType = 'code' | 'token'

/** An authorization request that may be put before a person. */
export interface AuthorizationRequest {
  application: Application
  responseType: ResponseType
  /** Exactly as the client spelt it: the token request has to repeat it. */
  redirectUri: string
  /** Normalised; where the browser is sent. */
  redirectTarget: string
  scopes: string[]
  state: string | null
  codeChallenge: string | null
  forcePrompt: boolean
}

/** Where and how the client hears of the result. */
export type WayBack = Pick<AuthorizationRequest, 'redirectTarget' | 'responseType' | 'state'>

/** What Sentry makes of an authorization request: a page that ends it, an error for the client, or a question for the person. */
export type ReadAuthorizationRequest =
  | { outcome: 'page'; message: string }
  | ({ outcome: 'redirect'; error: 'invalid_scope' | 'invalid_request' } & WayBack)
  | { outcome: 'ask'; request: AuthorizationRequest }

/**
 * Judges the parameters of `/oauth/authorize/`. As long as client or redirect URI are in doubt nothing is redirected; after that
 * every error goes back to the client.
 */
export function readAuthorizationRequest(
  parameters: URLSearchParams,
  findActive: Applications['find'],
): ReadAuthorizationRequest {
  const application = findActive(lastOf(parameters, 'client_id') ?? '')
  if (application === undefined) return page('The client_id is missing, unknown or inactive.')
  const redirectUri = lastOf(parameters, 'redirect_uri') ?? soleRedirectUri(application)
  if (redirectUri === null) return page('The redirect_uri is missing, and the application has more than one.')
  const redirectTarget = matchRedirectUri(redirectUri, application.redirectUris, application.version === 0)
  if (redirectTarget === null) return page('The redirect_uri is not registered for this application.')
  const responseType = lastOf(parameters, 'response_type')
  if (responseType !== 'code' && responseType !== 'token') return page('The response_type must be code or token.')

  const state = lastOf(parameters, 'state')
  const refuse = (error: 'invalid_scope' | 'invalid_request') =>
    ({ outcome: 'redirect', redirectTarget, responseType, state, error }) as const
  const scopes = readScopes(lastOf(parameters, 'scope'))
  if (!areAllowedScopes(scopes, application)) return refuse('invalid_scope')
  const codeChallenge = responseType === 'code' ? lastOf(parameters, 'code_challenge') : null
  if (codeChallenge !== null && !isUsableChallenge(codeChallenge, lastOf(parameters, 'code_challenge_method'))) {
    return refuse('invalid_request')
  }
  const forcePrompt = (lastOf(parameters, 'force_prompt') ?? '') !== ''
  return {
    outcome: 'ask',
    request: { application, responseType, redirectUri, redirectTarget, scopes, state, codeChallenge, forcePrompt },
  }
}

const page = (message: string) => ({ outcome: 'page', message }) as const

/** Of a repeated parameter the last one counts, as in Django. */
function lastOf(parameters: URLSearchParams, name: string): string | null {
  return parameters.getAll(name).at(-1) ?? null
}

function soleRedirectUri({ redirectUris }: Application): string | null {
  return redirectUris.length === 1 ? (redirectUris[0] ?? null) : null
}

/** Splits at single spaces, as Sentry does. */
export function readScopes(scope: string | null): string[] {
  return scope === null || scope === '' ? [] : [...new Set(scope.split(' '))]
}

/** Whether Sentry knows all the scopes, and an organization-bound application has them on its list. */
export function areAllowedScopes(scopes: readonly string[], { organizationScopes }: Application): boolean {
  return scopes.every((scope) => isKnownScope(scope) && (organizationScopes?.includes(scope) ?? true))
}

function isUsableChallenge(challenge: string, method: string | null): boolean {
  return method === 'S256' && isWellFormed(challenge)
}
