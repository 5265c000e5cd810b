import cookie from '@fastify/cookie'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import type { ApiError } from '../api/api-error.ts'
import { addControlPageRoutes } from '../control/control-page-routes.ts'
import { addControlRoutes } from '../control/control-routes.ts'
import type { Levers } from '../levers.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addApiRoutes } from './api-routes.ts'
import { addAvailabilityHooks } from './availability-hooks.ts'
import { addAuthorizeRoutes } from './authorize-routes.ts'
import { addDeviceRoutes } from './device-routes.ts'
import { answerFailure } from './failed-request.ts'
import { addFaultHooks } from './fault-hooks.ts'
import { addMetadataRoutes } from './metadata-routes.ts'
import { answerMissingRoute } from './missing-route.ts'
import { addRequestLogHooks } from './request-log-hooks.ts'
import { addRevokeRoutes } from './revoke-routes.ts'
import type { SandboxContext } from './sandbox-context.ts'
import type { HostName } from '../world/organization.ts'
import { addTokenRoutes } from './token-routes.ts'
import { addUserinfoRoutes } from './userinfo-routes.ts'
import { addWebRoutes } from './web-routes.ts'

/** Builds one host of the sandbox: `control` with the OAuth server and its pages, or the API of a region. */
export function buildHost(host: HostName, context: SandboxContext, levers: Levers, logger: boolean): FastifyInstance {
  const app = fastify({
    logger: logger ? { name: `sandbox ${host}` } : false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // Encoded release versions are long; whatever is longer still is simply not found.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: (error, request, reply) => {
      answerFailure(error, request, reply)
    },
  })
  addBodyParsers(app)
  app.register(cookie)
  addAvailabilityHooks(app, host, context)
  addRequestLogHooks(app, host, context)
  addFaultHooks(app, host, context)
  app.setErrorHandler<FastifyError | ApiError>(answerFailure)
  app.setNotFoundHandler((request, reply) => answerMissingRoute(host, request, reply))
  app.register(async (routes) => addRoutes(routes, host, context, levers))
  return app
}

function addRoutes(app: FastifyInstance, host: HostName, context: SandboxContext, levers: Levers): void {
  addApiRoutes(app, host, context)
  if (host !== 'control') return
  addAuthorizeRoutes(app, context)
  addTokenRoutes(app, context)
  addDeviceRoutes(app, context)
  addUserinfoRoutes(app, context)
  addRevokeRoutes(app, context)
  addMetadataRoutes(app, context)
  addAccountRoutes(app, context)
  addWebRoutes(app, context)
  addControlRoutes(app, levers)
  addControlPageRoutes(app, context, levers)
}

/** Forms are read; every other body is taken in as text, so that no content type is an error. */
function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body)
  })
}
