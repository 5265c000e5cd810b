import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RecordedRequest } from './request-log.ts'
import { pathOf, queryOf } from './request-target.ts'
import type { HostName, SandboxContext } from './sandbox-context.ts'

const records = new WeakMap<FastifyRequest, RecordedRequest>()

/** Records every request on arrival, and its status just before the answer leaves. */
export function addRequestLogHooks(
  app: FastifyInstance,
  host: HostName,
  { requestLog }: Pick<SandboxContext, 'requestLog'>,
): void {
  app.addHook('onRequest', async (request) => {
    const record = {
      host,
      method: request.method,
      path: pathOf(request),
      query: queryOf(request),
      status: null,
      personId: null,
    }
    records.set(request, record)
    requestLog.add(record)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const record = records.get(request)
    if (record !== undefined) record.status = reply.statusCode
    return payload
  })
}

/** Notes whose access token a request carries. */
export function recordPerson(request: FastifyRequest, personId: string): void {
  const record = records.get(request)
  if (record !== undefined) record.personId = personId
}
