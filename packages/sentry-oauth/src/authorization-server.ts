import type { AuthorizationServer } from 'oauth4webapi'

/** Sentry's authorization server, its endpoints known without discovery: older self-hosted versions have no metadata. */
export interface SentryAuthorizationServer extends AuthorizationServer {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly revocation_endpoint: string
  readonly device_authorization_endpoint: string
}

/** As the URL parser writes the names and addresses of this machine (RFC 1122 3.2.1.3, RFC 4291 2.5.3, RFC 6761 6.3). */
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Describes the server at `sentryUrl` (RFC 8414 names; the paths need their trailing slash). Throws TypeError for
 * anything but an https URL, or http on a loopback host.
 */
export function describeAuthorizationServer(sentryUrl: string): SentryAuthorizationServer {
  const base = new URL(sentryUrl.endsWith('/') ? sentryUrl : `${sentryUrl}/`)
  if (base.protocol !== 'https:' && !isLoopbackHttp(base)) {
    throw new TypeError('Sentry has to be reached by https; plain http is for loopback hosts only')
  }
  return {
    issuer: base.href.slice(0, -1),
    authorization_endpoint: new URL('oauth/authorize/', base).href,
    token_endpoint: new URL('oauth/token/', base).href,
    revocation_endpoint: new URL('oauth/revoke/', base).href,
    device_authorization_endpoint: new URL('oauth/device/code/', base).href,
  }
}

/** Whether the URL is plain http to this very machine. */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && loopbackHost.test(url.hostname)
}
