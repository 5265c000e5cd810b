/** Decides where an access token may go. */
export interface TrustedOrigins {
  /** The configured Sentry. */
  control: string
  /** The origin to ask for a region's URL: the control origin when there is none, null when it is not to be trusted. */
  resolve: (regionUrl: string | null | undefined) => string | null
}

/**
 * `regionUrl` is data of the server that would decide where a token goes, so it is held against a list: the configured
 * Sentry, `https://*.sentry.io` where that is sentry.io, and the origins the operator added.
 */
export function createTrustedOrigins(sentryUrl: string, allowedOrigins: readonly string[] = []): TrustedOrigins {
  const control = new URL(sentryUrl).origin
  const exact = new Set([control, ...allowedOrigins.map((origin) => new URL(origin).origin)])
  const isTrusted = (url: URL) => exact.has(url.origin) || (control === 'https://sentry.io' && isRegionOfSentryIo(url))
  return {
    control,
    resolve(regionUrl) {
      if (!regionUrl) return control
      if (exact.has(regionUrl)) return regionUrl
      const url = URL.parse(regionUrl)
      return url && url.username === '' && url.password === '' && isTrusted(url) ? url.origin : null
    },
  }
}

function isRegionOfSentryIo(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.sentry.io')
}
