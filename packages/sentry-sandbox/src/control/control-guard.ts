import type { FastifyRequest } from 'fastify'

/**
 * Whether a request may use the control API: it comes from this machine and calls it by a name of this machine, so that no web page can
 * reach it through a name of its own.
 */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? ''
  return isLoopback(address.replace('::ffff:', '')) && isLoopback(hostnameOf(request.headers.host ?? ''))
}

function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}

function isLoopback(name: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(name) || ['localhost', '::1', '[::1]'].includes(name)
}
