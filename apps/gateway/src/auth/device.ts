import type { Session } from '@fastify/secure-session'
import type { TokenSet } from '@sentry-graph/sentry-oauth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writeClientValue } from '../session/client-value.ts'
import { cookieNames } from '../session/cookies.ts'
import { toSignInError, type CallbackParts } from './callback.ts'
import { sendFailure } from './failure-answer.ts'
import { SignInError } from './failures.ts'
import { startSession } from './session-start.ts'

/** A machine that waits for somebody to approve it at Sentry. It keeps this itself, sealed: nothing is stored here. */
export interface PendingDevice {
  deviceCode: string
  name: string
  readOnly: boolean
  /** Milliseconds since the epoch. */
  expiresAt: number
  /** Seconds to wait between two questions. */
  interval: number
}

/** What is no client session's name is refused here, before anybody walks to another machine to approve it. */
export const deviceBody = z.object({
  name: z
    .string()
    .regex(/^\P{Cc}{1,100}$/u)
    .default('Device'),
  readOnly: z.boolean().default(false),
})

export const deviceSessionBody = z.object({ device: z.string().max(4096) })

export interface DeviceRequest {
  Body: z.infer<typeof deviceBody>
}

export interface DeviceSessionRequest {
  Body: z.infer<typeof deviceSessionBody>
}

/** Seconds that Sentry wants to be waited longer after `slow_down` (RFC 8628 section 3.5). */
const SLOWER = 5

/**
 * POST /api/auth/device: begins to sign in a machine without a browser. The answer tells where somebody approves it and
 * holds, sealed, what the machine has to ask with. 501 where Sentry has no device grant: then the person makes a session
 * on the page that the answer names.
 */
export function createDeviceStart({ config, oauth }: CallbackParts) {
  const { publicUrl } = config.http

  return answering<DeviceRequest>(async (request, reply) => {
    const authorization = await oauth.authorizeDevice()
    if (authorization === null) {
      const cookieName = cookieNames(publicUrl).session
      return reply.code(501).send({ error: 'device_unavailable', cookieName, connectUrl: `${publicUrl}/sessions` })
    }
    const { deviceCode, expiresAt, interval, ...shown } = authorization
    const { name, readOnly } = request.body
    const device = seal(request, { name, readOnly, deviceCode, expiresAt: expiresAt.getTime(), interval })
    request.log.info({ event: 'device.started' }, 'a device asks to be signed in')
    return reply.send({ device, ...shown, expiresAt, interval })
  })
}

/**
 * POST /api/auth/device/session: 202 while nobody has approved the machine, with the seconds to wait before it asks again;
 * its session once somebody has. Sentry gives the tokens out once, so there is one session.
 */
export function createDeviceSession(parts: CallbackParts) {
  const { config, oauth, clock } = parts

  return answering<DeviceSessionRequest>(async (request, reply) => {
    const device = unseal(request, request.body.device)
    if (device === null || device.expiresAt <= clock().getTime()) throw new SignInError('device_expired')
    const grant = await oauth.exchangeDeviceCode(device.deviceCode)
    switch (grant.outcome) {
      case 'pending':
        return reply.code(202).send({ status: 'pending', interval: device.interval })
      case 'slow_down':
        return reply.code(202).send({ status: 'pending', interval: device.interval + SLOWER })
      case 'denied':
        throw new SignInError('access_denied')
      case 'expired':
        throw new SignInError('device_expired')
      case 'granted': {
        const value = await startDeviceSession(parts, request, device, grant.tokenSet)
        return reply.send({ cookieName: cookieNames(config.http.publicUrl).session, value })
      }
    }
  })
}

/** The session of the machine, as it sends it. */
async function startDeviceSession(
  parts: CallbackParts,
  request: FastifyRequest,
  { name, readOnly }: PendingDevice,
  tokenSet: TokenSet,
): Promise<string> {
  const expiresAt = new Date(parts.clock().getTime() + parts.config.session.absoluteTtl * 1000)
  const client = { name, readOnly, organizations: null, expiresAt }
  const { secret, opened } = await startSession(parts, request, tokenSet, { client })
  const { id: sessionId, userId } = opened.session
  request.log.info({ event: 'device.signed_in', userId, sessionId }, 'a device was signed in')
  return writeClientValue(secret)
}

/** Sealed under keys of its own purpose, like a cookie: what the machine carries opens nothing else. */
function seal({ server }: FastifyRequest, device: PendingDevice): string {
  return server.encodeSecureSession(server.createSecureSession({ device }), 'pendingDevice')
}

/** Null for what is not ours, or too old. */
function unseal({ server, log }: FastifyRequest, sealed: string): PendingDevice | null {
  const opened = server.decodeSecureSession(sealed, log, 'pendingDevice') as Session<{ device: PendingDevice }> | null
  return opened?.get('device') ?? null
}

/** A program asks, so that whatever goes wrong is answered in JSON. */
function answering<Route extends DeviceRequest | DeviceSessionRequest>(
  handle: (request: FastifyRequest<Route>, reply: FastifyReply) => Promise<FastifyReply>,
) {
  return async function answer(request: FastifyRequest<Route>, reply: FastifyReply) {
    try {
      return await handle(request, reply)
    } catch (error) {
      return sendFailure(request, reply, toSignInError(error), request.id)
    }
  }
}
