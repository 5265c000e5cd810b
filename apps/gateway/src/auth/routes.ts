import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { createCallback, type CallbackParts } from './callback.ts'
import {
  createDeviceSession,
  createDeviceStart,
  deviceBody,
  deviceSessionBody,
  type DeviceRequest,
  type DeviceSessionRequest,
} from './device.ts'
import { answerRateLimited } from './failure-answer.ts'
import { SignInError } from './failures.ts'
import { createLogin } from './login.ts'
import { createLogout, type LogoutParts } from './logout.ts'
import { me } from './me.ts'

/** The routes of signing in and out. None is cached; all count towards one limit per address of the caller. */
export async function authRoutes(app: FastifyInstance, parts: CallbackParts & LogoutParts) {
  await app.register(rateLimit, {
    max: parts.config.http.authRateLimit,
    timeWindow: '1 minute',
    errorResponseBuilder: () => new SignInError('rate_limited'),
  })
  const unlimitedFailure = app.errorHandler
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof SignInError && error.code === 'rate_limited') return answerRateLimited(request, reply, error)
    return unlimitedFailure.call(app, error, request, reply)
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  // Only what a page of another site cannot send without asking is read.
  app.removeContentTypeParser('text/plain')

  // A HEAD request must not begin a sign-in, let alone spend an answer.
  const exposeHeadRoute = false
  app.get('/login', { exposeHeadRoute }, createLogin(parts))
  app.get('/callback', { exposeHeadRoute }, createCallback(parts))
  app.get('/me', { exposeHeadRoute }, me)
  app.post('/logout', createLogout(parts))
  app.post<DeviceRequest>('/device', { schema: { body: deviceBody } }, createDeviceStart(parts))
  app.post<DeviceSessionRequest>('/device/session', { schema: { body: deviceSessionBody } }, createDeviceSession(parts))
}
