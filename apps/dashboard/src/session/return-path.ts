/**
 * A path of this site to return to after sign-in, or `/`. Whatever could lead to another site, or back into
 * signing in, is answered with `/`.
 */
export function readReturnPath(value: string | null): string {
  if (value === null || !value.startsWith('/') || value.includes('\\')) return '/'
  const url = URL.parse(value, location.origin)
  if (!url || url.origin !== location.origin || url.pathname.startsWith('//')) return '/'
  if (/^\/(login|auth|api)(\/|$)/.test(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}

/** The gateway's address that sends the browser to Sentry and, afterwards, to `returnPath`. */
export function signInUrl(returnPath: string): string {
  return returnPath === '/' ? '/api/auth/login' : `/api/auth/login?return_to=${encodeURIComponent(returnPath)}`
}

/** The login page for someone who wanted `returnPath`. */
export function loginPath(returnPath: string, ended: boolean): string {
  const parameters = new URLSearchParams()
  if (returnPath !== '/') parameters.set('return_to', returnPath)
  if (ended) parameters.set('ended', '1')
  return parameters.size === 0 ? '/login' : `/login?${parameters}`
}

/** True for pages that are documents of their own, which a soft navigation cannot reach. */
export function needsPageLoad(path: string): boolean {
  return /^\/graphiql(?=$|[?#])/.test(path)
}
