import type { FastifyInstance } from 'fastify'
import { isControlPath } from './control-path.ts'
import { pathOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'
import type { HostName } from '../world/organization.ts'

/** Whether nobody answers at a host: it was taken down, or it is a region where there is only one host. */
function isDown(host: HostName, { hostsDown, settings }: Pick<SandboxContext, 'hostsDown' | 'settings'>): boolean {
  return hostsDown.has(host) || (settings.isSelfHosted && host !== 'control')
}

/** Cuts every connection to a host that is down. The control API stays reachable, or the host would never come back. */
export function addAvailabilityHooks(app: FastifyInstance, host: HostName, context: SandboxContext): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isDown(host, context) || isControlPath(pathOf(request))) return done()
    reply.hijack()
    request.raw.socket.resetAndDestroy()
  })
}
