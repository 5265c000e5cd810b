import {
  processDeviceAuthorizationResponse,
  ResponseBodyError,
  type AuthorizationServer,
  type Client,
} from 'oauth4webapi'
import { readOAuthErrorName, TokenEndpointError, withoutContents } from './errors.ts'
import type { TokenSet } from './token-response.ts'

/** What a person needs to approve a device elsewhere, and what the device polls with (RFC 8628 section 3.2). */
export interface DeviceAuthorization {
  /** A secret of whoever began: it fetches the tokens. */
  deviceCode: string
  /** For the person to compare or to type. */
  userCode: string
  verificationUri: string
  /** The same page with the code filled in; null where Sentry has no such address. */
  verificationUriComplete: string | null
  expiresAt: Date
  /** Seconds to wait between two polls. */
  interval: number
}

/** How far a person has come with a device (RFC 8628 section 3.5). */
export type DeviceGrant =
  { outcome: 'granted'; tokenSet: TokenSet } | { outcome: 'pending' | 'slow_down' | 'denied' | 'expired' }

const defaultInterval = 5

/**
 * Judges an answer of the device authorization endpoint; null when this Sentry has none. Throws TokenEndpointError.
 */
export async function readDeviceAuthorization(
  server: AuthorizationServer,
  client: Client,
  response: Response,
  sentAt: Date,
): Promise<DeviceAuthorization | null> {
  const { status } = response
  if (status === 404 || status === 405) return null
  const isAnswer = status === 200 || status === 400 || status === 401
  if (!isAnswer) throw new TokenEndpointError('unavailable', { status })
  try {
    const body = await processDeviceAuthorizationResponse(server, client, withoutChallenge(response))
    return {
      deviceCode: body.device_code,
      userCode: body.user_code,
      verificationUri: readWebAddress(body.verification_uri),
      verificationUriComplete: body.verification_uri_complete ? readWebAddress(body.verification_uri_complete) : null,
      expiresAt: new Date(sentAt.getTime() + body.expires_in * 1000),
      interval: body.interval ?? defaultInterval,
    }
  } catch (error) {
    if (error instanceof TokenEndpointError) throw error
    const cause = withoutContents(error)
    if (!(error instanceof ResponseBodyError)) throw new TokenEndpointError(errorCode(status), { status, cause })
    throw new TokenEndpointError('refused', { status, oauthError: readOAuthErrorName(error.error), cause })
  }
}

/** What polling for the tokens has brought. Throws the errors that are no step of the protocol. */
export function readDeviceRefusal(error: unknown): DeviceGrant {
  if (!(error instanceof TokenEndpointError)) throw error
  switch (error.oauthError) {
    case 'authorization_pending':
      return { outcome: 'pending' }
    case 'slow_down':
      return { outcome: 'slow_down' }
    case 'access_denied':
      return { outcome: 'denied' }
    // Sentry forgets a code that has been used or is long expired.
    case 'expired_token':
    case 'invalid_grant':
      return { outcome: 'expired' }
    default:
      throw error
  }
}

/** The challenge that Sentry sends with `invalid_client` would be reported in place of the error. */
function withoutChallenge({ body, status, headers }: Response): Response {
  return new Response(body, { status, headers: { 'content-type': headers.get('content-type') ?? '' } })
}

/** People are sent there, so nothing but a page of the web will do. */
function readWebAddress(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new TokenEndpointError('invalid_response', { status: 200 })
  }
  return url.href
}

function errorCode(status: number): 'invalid_response' | 'unavailable' {
  return status === 200 ? 'invalid_response' : 'unavailable'
}
