import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { presentClaims } from '../oauth/user-claims.ts'
import { sendOAuthJson } from './oauth-answer.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** Who an access token belongs to (OpenID Connect userinfo). Sentry looks at the scope here, not at the expiry. */
export function addUserinfoRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/oauth/userinfo/', (request, reply) => tell(request, reply, context))
}

function tell(request: FastifyRequest, reply: FastifyReply, { tokens, world }: SandboxContext): FastifyReply {
  const accessToken = /^bearer\s+(\S+)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1]
  if (accessToken === undefined) {
    reply.header('WWW-Authenticate', 'Bearer realm="api"')
    return sendOAuthJson(reply, 401, { detail: 'Bearer token required' })
  }
  const token = tokens.findByAccessToken(accessToken)
  const person = token === null ? undefined : world.findPerson(token.personId)
  if (token === null || person === undefined) {
    return sendOAuthJson(reply, 401, { error: 'invalid_token', error_description: 'Access token not found' })
  }
  if (!token.scopes.includes('openid')) {
    return sendOAuthJson(reply, 403, { error: 'insufficient_scope', error_description: 'openid scope is required' })
  }
  return sendOAuthJson(reply, 200, { sub: Number(person.id), ...presentClaims(person, token.scopes) })
}
