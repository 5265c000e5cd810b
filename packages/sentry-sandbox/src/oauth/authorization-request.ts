import type { Application, Applications } from './application.ts'
import { isWellFormed } from './code-challenge.ts'
import { matchRedirectUri } from './redirect-uri.ts'
import { isKnownScope } from './scopes.ts'

/** An authorization request that may be put before a person. */
export interface AuthorizationRequest {
  application: Application
  /** Exactly as the client spelt it: the token request has to repeat it. */
  redirectUri: string
  /** Normalised; where the browser is sent. */
  redirectTarget: string
  scopes: string[]
  state: string | null
  codeChallenge: string | null
  forcePrompt: boolean
}

/** What Sentry makes of an authorization request: a page that ends it, an error for the client, or a question for the person. */
export type ReadAuthorizationRequest =
  | { outcome: 'page'; message: string }
  | { outcome: 'redirect'; redirectTarget: string; state: string | null; error: 'invalid_scope' | 'invalid_request' }
  | { outcome: 'ask'; request: AuthorizationRequest }

/**
 * Judges the parameters of `/oauth/authorize/`. As long as client or redirect URI are in doubt nothing is redirected; after that
 * every error goes back to the client.
 */
export function readAuthorizationRequest(
  parameters: URLSearchParams,
  applications: Applications,
): ReadAuthorizationRequest {
  const application = applications.find(lastOf(parameters, 'client_id') ?? '')
  if (application === undefined) return page('The client_id is missing or unknown.')
  const redirectUri = lastOf(parameters, 'redirect_uri') ?? soleRedirectUri(application)
  if (redirectUri === null) return page('The redirect_uri is missing, and the application has more than one.')
  const redirectTarget = matchRedirectUri(redirectUri, application.redirectUris)
  if (redirectTarget === null) return page('The redirect_uri is not registered for this application.')
  if (lastOf(parameters, 'response_type') !== 'code') return page('The response_type must be code.')

  const state = lastOf(parameters, 'state')
  const refuse = (error: 'invalid_scope' | 'invalid_request') =>
    ({ outcome: 'redirect', redirectTarget, state, error }) as const
  const scopes = readScopes(lastOf(parameters, 'scope'))
  if (!scopes.every(isKnownScope)) return refuse('invalid_scope')
  const codeChallenge = lastOf(parameters, 'code_challenge')
  if (codeChallenge !== null && !isUsableChallenge(codeChallenge, lastOf(parameters, 'code_challenge_method'))) {
    return refuse('invalid_request')
  }
  const forcePrompt = (lastOf(parameters, 'force_prompt') ?? '') !== ''
  return {
    outcome: 'ask',
    request: { application, redirectUri, redirectTarget, scopes, state, codeChallenge, forcePrompt },
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

function readScopes(scope: string | null): string[] {
  return scope === null || scope === '' ? [] : [...new Set(scope.split(' '))]
}

function isUsableChallenge(challenge: string, method: string | null): boolean {
  return method === 'S256' && isWellFormed(challenge)
}
