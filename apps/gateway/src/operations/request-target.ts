/** What find-my-way, and so Fastify, answers as a malformed address. */
const MALFORMED = '/%'

/**
 * The path and query of a request. An address in absolute form (RFC 9112, 3.2.2) is accepted for our own origin; for
 * another one it was meant for another server, and becomes an address that is refused.
 */
export function readRequestTarget(url: string, publicUrl: string): string {
  if (url.startsWith('/')) return url
  return url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : MALFORMED
}
