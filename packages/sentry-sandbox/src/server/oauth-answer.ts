import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify'

/** Sends the answer of an OAuth endpoint, which nobody may keep. */
export function sendOAuthJson(reply: FastifyReply, status: number, body: object): FastifyReply {
  return forbidCaching(reply).code(status).header('Content-Type', 'application/json').send(JSON.stringify(body))
}

function forbidCaching(reply: FastifyReply): FastifyReply {
  return reply.header('Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate, private')
}

/** Answers 405 to methods that an OAuth endpoint does not have. */
export function refuseMethod(app: FastifyInstance, url: string, method: HTTPMethods[]): void {
  app.route({
    method,
    url,
    handler: (_request, reply) => forbidCaching(reply).code(405).header('Allow', 'POST, OPTIONS').send(),
  })
}
