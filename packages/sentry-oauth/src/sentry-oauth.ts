import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  customFetch,
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  None,
  refreshTokenGrantRequest,
  revocationRequest,
  type Client,
} from 'oauth4webapi'
import { createAuthorizationRequest, type AuthorizationRequest } from './authorization-request.ts'
import { readAuthorizationResponse, type AuthorizationResponse } from './authorization-response.ts'
import { describeAuthorizationServer, isLoopbackHttp } from './authorization-server.ts'
import {
  readDeviceAuthorization,
  readDeviceRefusal,
  type DeviceAuthorization,
  type DeviceGrant,
} from './device-authorization.ts'
import { createSendRequest, type Fetch } from './request.ts'
import { readRevocationResponse } from './revocation-response.ts'
import { readTokenResponse, type TokenSet } from './token-response.ts'

export interface SentryOAuthOptions {
  /** Where Sentry is: https, or http on a loopback host. */
  sentryUrl: string
  clientId: string
  /** Absent for a public client, which PKCE alone protects. */
  clientSecret?: string
  redirectUri: string
  scopes: readonly string[]
  /** Milliseconds for a request to the token endpoint, its whole answer included; 10 seconds if not given. */
  timeout?: number
  /** The most bytes of an answer that are read; 64 KiB if not given. */
  maxResponseBytes?: number
  fetch?: Fetch
  clock?: () => Date
}

/** A client of Sentry's authorization server. */
export interface SentryOAuth {
  /** Where to send the browser. `state` and `codeVerifier` have to be kept until it comes back. */
  createAuthorizationRequest(): Promise<AuthorizationRequest>
  /** Judges the parameters of the redirect back, without any request. Throws AuthorizationResponseError. */
  readAuthorizationResponse(parameters: URLSearchParams, expectedState: string): AuthorizationResponse
  /** Spends the code. Throws TokenEndpointError. */
  exchangeCode(response: AuthorizationResponse, codeVerifier: string): Promise<TokenSet>
  /**
   * Trades the refresh token for a new pair; from then on both old tokens are dead. Throws TokenEndpointError, whose
   * `mayHaveTakenEffect` says whether they may be dead although the new pair never arrived.
   */
  refresh(refreshToken: string): Promise<TokenSet>
  /**
   * Ends the pair that this token, of either kind, belongs to (RFC 7009), within 2 seconds; false when this Sentry has no
   * such endpoint. Sentry ends no pair of a client without secret. Throws TokenEndpointError.
   */
  revoke(token: string): Promise<boolean>
  /**
   * Begins to sign in a device without a browser (RFC 8628); null when this Sentry does not offer it. Throws
   * TokenEndpointError.
   */
  authorizeDevice(): Promise<DeviceAuthorization | null>
  /** Asks whether the person has approved the device, and for the tokens if so. Throws TokenEndpointError. */
  exchangeDeviceCode(deviceCode: string): Promise<DeviceGrant>
}

const defaultTimeout = 10_000
/** Milliseconds. Nothing depends on a revocation, so that nobody waits for it longer than this. */
const longestRevocation = 2_000
const defaultMaxResponseBytes = 64 * 1024

/** A client for one registered application. Throws TypeError for a `sentryUrl` that is neither https nor loopback. */
export function createSentryOAuth(options: SentryOAuthOptions): SentryOAuth {
  const { sentryUrl, clientId, clientSecret, redirectUri, scopes, clock = () => new Date() } = options
  const server = describeAuthorizationServer(sentryUrl)
  const client: Client = { client_id: clientId }
  // In the body, not by Basic: Sentry does not undo the form encoding that RFC 6749 section 2.3.1 asks of Basic.
  const authentication = clientSecret === undefined ? None() : ClientSecretPost(clientSecret)
  const { fetch, timeout = defaultTimeout, maxResponseBytes = defaultMaxResponseBytes } = options
  const describeRequest = (longest: number) => ({
    [allowInsecureRequests]: isLoopbackHttp(new URL(sentryUrl)),
    [customFetch]: createSendRequest({ fetch, timeout: longest, maxResponseBytes }),
  })
  const requestOptions = describeRequest(timeout)
  const revocationOptions = describeRequest(Math.min(timeout, longestRevocation))

  async function obtainTokenSet(sendTokenRequest: () => Promise<Response>): Promise<TokenSet> {
    const sentAt = clock()
    const response = await sendTokenRequest()
    return readTokenResponse(server, client, response, { requestedScopes: scopes, sentAt })
  }

  return {
    createAuthorizationRequest: () => createAuthorizationRequest(server, { clientId, redirectUri, scopes }),
    readAuthorizationResponse: (parameters, expectedState) =>
      readAuthorizationResponse(server, client, parameters, expectedState),
    exchangeCode: ({ parameters }, codeVerifier) =>
      obtainTokenSet(() =>
        authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          parameters,
          redirectUri,
          codeVerifier,
          requestOptions,
        ),
      ),
    refresh: (refreshToken) =>
      obtainTokenSet(() => refreshTokenGrantRequest(server, client, authentication, refreshToken, requestOptions)),
    revoke: async (token) =>
      readRevocationResponse(await revocationRequest(server, client, authentication, token, revocationOptions)),
    async authorizeDevice() {
      const sentAt = clock()
      const parameters = { scope: scopes.join(' ') }
      // Sentry identifies the client by its id alone here.
      const response = await deviceAuthorizationRequest(server, client, None(), parameters, requestOptions)
      return readDeviceAuthorization(server, client, response, sentAt)
    },
    async exchangeDeviceCode(deviceCode) {
      try {
        const tokenSet = await obtainTokenSet(() =>
          deviceCodeGrantRequest(server, client, authentication, deviceCode, requestOptions),
        )
        return { outcome: 'granted', tokenSet }
      } catch (error) {
        return readDeviceRefusal(error)
      }
    },
  }
}
