import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signIdToken } from '../oauth/id-token.ts'
import { TokenError } from '../oauth/token-error.ts'
import { processTokenRequest, type Granted } from '../oauth/token-request.ts'
import { presentToken } from '../oauth/token-response.ts'
import { readForm } from './browser.ts'
import { refuseMethod, sendOAuthJson } from './oauth-answer.ts'
import type { SandboxContext } from './sandbox-context.ts'

const path = '/oauth/token/'

/** The token endpoint. It reads form bodies only; a JSON body counts as an empty form. */
export function addTokenRoutes(app: FastifyInstance, context: SandboxContext): void {
  refuseMethod(app, path, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
  app.post(path, (request, reply) => answerTokenRequest(request, reply, context))
}

function answerTokenRequest(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  try {
    const form = readForm(request)
    const granted = processTokenRequest(context, request.headers.authorization, form)
    return sendOAuthJson(reply, 200, presentGranted(granted, form.get('nonce'), context))
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return sendOAuthJson(reply.headers(error.headers), error.status, { error: error.code })
  }
}

function presentGranted({ token, isSignIn }: Granted, nonce: string | null, context: SandboxContext): object {
  const now = context.clock()
  const person = context.world.findPerson(token.personId)
  if (person === undefined) throw new TokenError(400, 'invalid_grant')
  const { idTokenSecret } = context.settings
  const presented = presentToken(token, person, now)
  if (!isSignIn || idTokenSecret === null || !token.scopes.includes('openid')) return presented
  const { clientId, scopes } = token
  const subject = { issuer: context.origins.control, clientId, person, scopes, nonce, now }
  return { ...presented, id_token: signIdToken(subject, idTokenSecret) }
}
