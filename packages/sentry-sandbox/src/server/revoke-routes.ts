import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readForm } from './browser.ts'
import { answerMissingRoute } from './missing-route.ts'
import { refuseMethod, sendOAuthJson } from './oauth-answer.ts'
import type { SandboxContext } from './sandbox-context.ts'

const path = '/oauth/revoke/'

/** Token revocation (RFC 7009) as Sentry once had it: body credentials only, errors with descriptions. It can be switched off. */
export function addRevokeRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.register(async (routes) => {
    routes.addHook('preHandler', async (request, reply) =>
      context.settings.hasRevocation ? undefined : answerMissingRoute('control', request, reply),
    )
    routes.post(path, (request, reply) => revoke(request, reply, context))
    refuseMethod(routes, path, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
  })
}

function revoke(request: FastifyRequest, reply: FastifyReply, { applications, tokens }: SandboxContext): FastifyReply {
  const form = readForm(request)
  const refuse = (status: number, error: string, error_description: string) =>
    sendOAuthJson(reply, status, { error, error_description })
  const [clientId, clientSecret, token] = ['client_id', 'client_secret', 'token'].map((name) => form.get(name) ?? '')
  if (!clientId) return refuse(400, 'invalid_client', 'client_id parameter not found')
  if (!clientSecret) return refuse(400, 'invalid_client', 'client_secret parameter not found')
  if (!token) return refuse(400, 'invalid_request', 'token parameter not found')
  const hint = form.get('token_type_hint')
  if (hint !== null && hint !== 'access_token' && hint !== 'refresh_token') {
    return refuse(400, 'unsupported_token_type', 'token_type_hint must be access_token or refresh_token')
  }
  if (applications.find(clientId)?.clientSecret !== clientSecret) {
    return refuse(401, 'invalid_client', 'failed to authenticate client')
  }
  const found = tokens.findByAccessToken(token) ?? tokens.findByRefreshToken(token)
  if (found?.clientId === clientId) tokens.revoke(found.accessToken)
  return reply.code(200).send()
}
