import {
  AuthorizationResponseError as ErrorInResponse,
  validateAuthResponse,
  type AuthorizationServer,
  type Client,
} from 'oauth4webapi'
import { AuthorizationResponseError, withoutContents, type AuthorizationResponseErrorCode } from './errors.ts'

/** A judged authorization response. It holds the code: pass it on to the exchange and nowhere else. */
export interface AuthorizationResponse {
  readonly parameters: URLSearchParams
}

/** Sentry's codes have 64 characters and our state 43; nothing honest comes near. */
const maxParameterLength = 1024

/**
 * Judges what the browser brought back (RFC 6749 section 4.1.2). A wrong `iss` is refused before the code is spent
 * (RFC 9207); an absent one is accepted, because Sentry sends none. Throws AuthorizationResponseError.
 */
export function readAuthorizationResponse(
  server: AuthorizationServer,
  client: Client,
  parameters: URLSearchParams,
  expectedState: string,
): AuthorizationResponse {
  refuseRepeatedParameters(parameters)
  refuseOversizedParameters(parameters)
  refuseForeignState(parameters, expectedState)
  const judged = judgeParameters(server, client, parameters, expectedState)
  refuseMissingCode(judged)
  return { parameters: judged }
}

/** RFC 6749 section 3.1: a parameter is not included more than once. */
function refuseRepeatedParameters(parameters: URLSearchParams): void {
  const names = [...parameters.keys()]
  if (new Set(names).size !== names.length) throw new AuthorizationResponseError('provider_error')
}

function refuseOversizedParameters(parameters: URLSearchParams): void {
  for (const [name, value] of parameters) {
    if (name.length + value.length > maxParameterLength) throw new AuthorizationResponseError('provider_error')
  }
}

function refuseForeignState(parameters: URLSearchParams, expectedState: string): void {
  const state = parameters.get('state')
  if (!state || state !== expectedState) throw new AuthorizationResponseError('state_mismatch')
}

function refuseMissingCode(parameters: URLSearchParams): void {
  if (!parameters.get('code')) throw new AuthorizationResponseError('missing_code')
}

function judgeParameters(
  server: AuthorizationServer,
  client: Client,
  parameters: URLSearchParams,
  expectedState: string,
): URLSearchParams {
  try {
    return validateAuthResponse(server, client, parameters, expectedState)
  } catch (error) {
    const code = error instanceof ErrorInResponse ? readErrorCode(error.error) : 'provider_error'
    throw new AuthorizationResponseError(code, { cause: withoutContents(error) })
  }
}

function readErrorCode(error: string): AuthorizationResponseErrorCode {
  return error === 'access_denied' || error === 'invalid_scope' ? error : 'provider_error'
}
