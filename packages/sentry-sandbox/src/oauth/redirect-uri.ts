const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The normal form of a requested redirect URI when it is registered, else null. Registered loopback URIs without a port match any
 * port (RFC 8252 section 7.3); everything else must be equal, or for old applications begin with a registered one.
 */
export function matchRedirectUri(
  requested: string,
  registered: readonly string[],
  acceptsPrefix = false,
): string | null {
  const url = parse(requested)
  if (url === null) return null
  return registered.some((candidate) => matches(url, parse(candidate), acceptsPrefix)) ? url.href : null
}

function parse(uri: string): URL | null {
  return URL.canParse(uri) ? new URL(uri) : null
}

function matches(requested: URL, registered: URL | null, acceptsPrefix: boolean): boolean {
  if (registered === null) return false
  if (acceptsPrefix && requested.href.startsWith(registered.href)) return true
  return requested.href === registered.href || isSameLoopback(requested, registered)
}

function isSameLoopback(requested: URL, registered: URL): boolean {
  if (registered.protocol !== 'http:' || registered.port !== '' || !loopbackHosts.includes(registered.hostname))
    return false
  const withoutPort = new URL(requested)
  withoutPort.port = ''
  return withoutPort.href === registered.href
}

/** Puts parameters into the fragment of a redirect URI (RFC 6749 section 4.2.2). */
export function appendFragment(redirectUri: string, parameters: URLSearchParams): string {
  const [base = ''] = redirectUri.split('#', 1)
  return `${base}#${parameters.toString()}`
}

/** Adds parameters to a redirect URI; a query that is already there stays as it is. */
export function appendParameters(redirectUri: string, parameters: URLSearchParams): string {
  const [base = '', fragment] = redirectUri.split('#', 2)
  const target = `${base}${base.includes('?') ? '&' : '?'}${parameters.toString()}`
  return fragment === undefined ? target : `${target}#${fragment}`
}
