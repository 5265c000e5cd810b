import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TokenError } from '../oauth/token-error.ts'
import { processTokenRequest } from '../oauth/token-request.ts'
import { presentToken } from '../oauth/token-response.ts'
import { readForm } from './browser.ts'
import type { SandboxContext } from './sandbox-context.ts'

const path = '/oauth/token/'

/** The token endpoint. It reads form bodies only; a JSON body counts as an empty form. */
export function addTokenRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    handler: (_request, reply) => forbidCaching(reply).code(405).header('Allow', 'POST, OPTIONS').send(),
  })
  app.post(path, (request, reply) => answerTokenRequest(request, reply, context))
}

function answerTokenRequest(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  forbidCaching(reply)
  try {
    const token = processTokenRequest(context, request.headers.authorization, readForm(request))
    const person = context.world.findPerson(token.personId)
    if (person === undefined) throw new TokenError(400, 'invalid_grant')
    return sendJson(reply, presentToken(token, person, context.clock()))
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return sendJson(reply.code(error.status).headers(error.headers), { error: error.code })
  }
}

function forbidCaching(reply: FastifyReply): FastifyReply {
  return reply.header('Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate, private')
}

function sendJson(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('Content-Type', 'application/json').send(JSON.stringify(body))
}
