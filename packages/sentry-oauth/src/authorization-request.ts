import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi'
import type { SentryAuthorizationServer } from './authorization-server.ts'

/** Where to send the browser, and what has to be remembered until it comes back. */
export interface AuthorizationRequest {
  url: string
  /** 256 random bits that bind the answer to this browser. */
  state: string
  /** The secret half of PKCE. */
  codeVerifier: string
}

export interface AuthorizationRequestParameters {
  clientId: string
  redirectUri: string
  scopes: readonly string[]
}

/** A new request for a code (RFC 6749 section 4.1.1) with PKCE S256 (RFC 7636), which cannot be turned off. */
export async function createAuthorizationRequest(
  server: SentryAuthorizationServer,
  { clientId, redirectUri, scopes }: AuthorizationRequestParameters,
): Promise<AuthorizationRequest> {
  const state = generateRandomState()
  const codeVerifier = generateRandomCodeVerifier()
  const url = new URL(server.authorization_endpoint)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString()
  return { url: url.href, state, codeVerifier }
}
