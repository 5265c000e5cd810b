import type { FastifyInstance } from 'fastify'
import { scopeDescriptions } from '../oauth/scopes.ts'
import { deviceCodeGrantType } from '../oauth/token-request.ts'
import { answerMissingRoute } from './missing-route.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** What the authorization server says of itself (RFC 8414). It can be switched off, as it is missing on older versions. */
export function addMetadataRoutes(app: FastifyInstance, { settings, origins }: SandboxContext): void {
  app.get('/.well-known/oauth-authorization-server', (request, reply) => {
    if (!settings.hasMetadata) return answerMissingRoute('control', request, reply)
    reply.header('Cache-Control', 'max-age=3600, public').type('application/json')
    return reply.send(JSON.stringify(describe(origins.control)))
  })
}

function describe(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize/`,
    token_endpoint: `${issuer}/oauth/token/`,
    userinfo_endpoint: `${issuer}/oauth/userinfo/`,
    device_authorization_endpoint: `${issuer}/oauth/device/code/`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', deviceCodeGrantType],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    scopes_supported: Object.keys(scopeDescriptions).toSorted(),
  }
}
