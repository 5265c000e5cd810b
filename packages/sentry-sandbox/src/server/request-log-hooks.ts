import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isControlPath } from './control-path.ts'
import type { RecordedRequest } from './request-log.ts'
import { pathOf, queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'
import type { HostName } from '../world/organization.ts'

const records = new WeakMap<FastifyRequest, RecordedRequest>()

/** Records every request on arrival, and its status just before the answer leaves. */
export function addRequestLogHooks(
  app: FastifyInstance,
  host: HostName,
  { requestLog }: Pick<SandboxContext, 'requestLog'>,
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const path = pathOf(request)
    if (!isControlPath(path)) record(request, path)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const record = records.get(request)
    if (record !== undefined) {
      record.status = reply.statusCode
      record.durationMs = Date.now() - record.receivedAt
    }
    done(null, payload)
  })

  function record(request: FastifyRequest, path: string): void {
    const { method } = request
    const arrival = { query: queryOf(request), status: null, personId: null, receivedAt: Date.now(), durationMs: null }
    const recorded = { host, method, path, ...arrival }
    records.set(request, recorded)
    requestLog.add(recorded)
  }
}

/** Notes whose access token a request carries. */
export function recordPerson(request: FastifyRequest, personId: string): void {
  const record = records.get(request)
  if (record !== undefined) record.personId = personId
}
