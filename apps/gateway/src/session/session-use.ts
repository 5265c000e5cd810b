import { isIPv4, isIPv6 } from 'node:net'
import type { SessionUse } from '@sentry-graph/session-store'
import type { FastifyRequest } from 'fastify'

/** Where a request comes from, as far as its session keeps it: of the address, only the family. */
export function readSessionUse({ headers, ip }: FastifyRequest): SessionUse {
  return { userAgent: headers['user-agent'] ?? null, addressFamily: readFamily(ip.replace(/^::ffff:/i, '')) }
}

function readFamily(address: string): SessionUse['addressFamily'] {
  if (isIPv4(address)) return 'ipv4'
  return isIPv6(address) ? 'ipv6' : null
}
