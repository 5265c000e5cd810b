/** What find-my-way, and so Fastify, answers as a malformed address. */
const MALFORMED = '/%'

interface RequestHead {
  url?: string | undefined
  /** Names and values in turn. */
  rawHeaders: readonly string[]
}

/**
 * The path and query of a request. An address in absolute form (RFC 9112, 3.2.2) is accepted for our own origin; for
 * another one it was meant for another server. That, and a request that names two hosts (3.2), becomes an address that is
 * refused.
 */
export function readRequestTarget({ url = '', rawHeaders }: RequestHead, publicUrl: string): string {
  if (countHosts(rawHeaders) > 1) return MALFORMED
  if (url.startsWith('/')) return url
  return url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : MALFORMED
}

function countHosts(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
}
