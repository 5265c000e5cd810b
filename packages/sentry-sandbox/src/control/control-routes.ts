import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Levers } from '../levers.ts'
import { controlPath } from '../server/control-path.ts'
import type { HostName } from '../world/organization.ts'
import { ControlInputError, isBoolean, isListOf, isOneOf, isText, readShape } from './control-input.ts'
import { isFromThisMachine } from './control-guard.ts'
import { presentFaultMatch, readFault, readFaultMatch } from './fault-input.ts'
import { listRequests } from './request-filter.ts'
import { readSettings } from './settings-input.ts'

/** The control API: every lever over HTTP, as JSON, for this machine only. */
export function addControlRoutes(app: FastifyInstance, levers: Levers): void {
  app.register(async (routes) => {
    routes.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson)
    routes.addHook('onRequest', async (request, reply) =>
      isFromThisMachine(request)
        ? undefined
        : sendJson(reply, 403, { error: 'The control API is for this machine only.' }),
    )
    routes.setErrorHandler((error, _request, reply) => {
      if (error instanceof ControlInputError || error instanceof RangeError) {
        return sendJson(reply, 400, { error: error.message })
      }
      throw error
    })
    addStateRoutes(routes, levers)
    addFaultRoutes(routes, levers)
    addTokenRoutes(routes, levers)
    addSwitchRoutes(routes, levers)
  })
}

function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, body?: unknown) => void,
) {
  try {
    done(null, JSON.parse(String(body)))
  } catch (error) {
    done(new ControlInputError('The body is no JSON.', { cause: error }))
  }
}

const url = (path: string) => `${controlPath}${path}`

function addStateRoutes(app: FastifyInstance, levers: Levers): void {
  app.get(url('state'), (_request, reply) => sendJson(reply, 200, presentState(levers)))
  app.patch(url('settings'), (request, reply) => {
    levers.configure(readSettings(request.body))
    return sendJson(reply, 200, levers.settings)
  })
  app.get(url('requests'), (request, reply) =>
    sendJson(reply, 200, listRequests(levers.requests, request.query as Record<string, string>)),
  )
  app.delete(url('requests'), (_request, reply) => {
    levers.clearRequests()
    return reply.code(204).send()
  })
}

/** Everything that can be changed, as it is now. */
function presentState(levers: Levers): object {
  return {
    settings: levers.settings,
    faults: presentFaults(levers),
    down: levers.hostsDown,
    inactive: levers.inactive,
    serverTime: levers.serverClock.now().toISOString(),
    worldTime: levers.worldClock.now().toISOString(),
    people: levers.people,
    applications: levers.applications,
  }
}

function presentFaults({ faults }: Levers): object[] {
  return faults.map(({ id, match, fault, left }) => ({
    id,
    match: presentFaultMatch(match),
    fault,
    left: Number.isFinite(left) ? left : null,
  }))
}

function addFaultRoutes(app: FastifyInstance, levers: Levers): void {
  app.get(url('faults'), (_request, reply) => sendJson(reply, 200, presentFaults(levers)))
  app.post(url('faults'), (request, reply) => {
    const { match = {}, fault } = readShape(request.body, {
      required: { fault: Boolean },
      optional: { match: Boolean },
    })
    return sendJson(reply, 201, { id: levers.fault(readFaultMatch(match), readFault(fault)) })
  })
  app.delete(url('faults'), (_request, reply) => {
    levers.clearFaults()
    return reply.code(204).send()
  })
  app.delete<{ Params: { id: string } }>(url('faults/:id'), (request, reply) => {
    levers.removeFault(Number(request.params.id))
    return reply.code(204).send()
  })
}

function addTokenRoutes(app: FastifyInstance, levers: Levers): void {
  app.post(url('tokens'), (request, reply) => {
    const { personId, scopes, ...of } = readShape(request.body, {
      required: { personId: isText },
      optional: { scopes: isListOf(isText), clientId: isText, organizationId: isText },
    })
    return sendJson(reply, 201, levers.issueTokens(String(personId), scopes as string[] | undefined, of))
  })
  app.post(url('tokens/expire'), (request, reply) => {
    levers.expireAccessToken(readAccessToken(request.body))
    return reply.code(204).send()
  })
  app.post(url('tokens/revoke'), (request, reply) => {
    levers.revokeAccessToken(readAccessToken(request.body))
    return reply.code(204).send()
  })
  app.post<{ Params: { id: string } }>(url('people/:id/revoke'), (request, reply) => {
    levers.revokePerson(request.params.id)
    return reply.code(204).send()
  })
}

function readAccessToken(body: unknown): string {
  return String(readShape(body, { required: { accessToken: isText } })['accessToken'])
}

function addSwitchRoutes(app: FastifyInstance, levers: Levers): void {
  app.put<{ Params: { id: string } }>(url('active/:id'), (request, reply) => {
    const { isActive } = readShape(request.body, { required: { isActive: isBoolean } })
    levers.setActive(request.params.id, isActive === true)
    return reply.code(204).send()
  })
  app.put<{ Params: { host: string } }>(url('hosts/:host'), (request, reply) => {
    const { isDown } = readShape(request.body, { required: { isDown: isBoolean } })
    const host = readShape(request.params, { required: { host: isOneOf(['control', 'us', 'de']) } })['host'] as HostName
    if (isDown === true) levers.takeDown(host)
    else levers.bringUp(host)
    return reply.code(204).send()
  })
  for (const [name, clock] of [
    ['server-clock', levers.serverClock],
    ['world-clock', levers.worldClock],
  ] as const) {
    app.post(url(`${name}/advance`), (request, reply) => {
      const { milliseconds } = readShape(request.body, { required: { milliseconds: Number.isSafeInteger } })
      clock.advance(Number(milliseconds))
      return reply.code(204).send()
    })
    app.post(url(`${name}/reset`), (_request, reply) => {
      clock.reset()
      return reply.code(204).send()
    })
  }
}

function sendJson(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).header('Content-Type', 'application/json').send(JSON.stringify(body))
}
