import type { SentryOAuth } from '@sentry-graph/sentry-oauth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { isLoopback } from '../setting.ts'
import { wantsJson } from './failure-answer.ts'
import { addPending } from './pending-sign-ins.ts'
import { readReturnPath } from './return-path.ts'
import { searchParametersOf } from './search-parameters.ts'

interface LoginParts {
  config: Config
  oauth: SentryOAuth
  clock: () => Date
}

/**
 * GET /api/auth/login: begins a sign-in and sends the browser to Sentry; a program gets the address as `authUrl`. What
 * has to be remembered goes into the browser's cookie, nothing into the store.
 */
export function createLogin({ config, oauth, clock }: LoginParts) {
  const { publicUrl } = config.http
  const { signInTtl } = config.session

  return async function login(request: FastifyRequest, reply: FastifyReply) {
    const returnPath = readReturnPath(searchParametersOf(request).get('return_to'), publicUrl)
    if (isOtherLoopbackName(request.headers.host, publicUrl)) {
      const query = new URLSearchParams({ return_to: returnPath })
      return sendTo(request, reply, `${publicUrl}/api/auth/login?${query}`)
    }
    const { url, state, codeVerifier } = await oauth.createAuthorizationRequest()
    const createdAt = Math.floor(clock().getTime() / 1000)
    const added = { state, codeVerifier, returnPath, createdAt, correlationId: request.id }
    request.signInCookie.set('pending', addPending(request.signInCookie.get('pending') ?? [], added, signInTtl))
    request.log.info({ event: 'sign_in.started', correlationId: request.id }, 'sign-in started')
    return sendTo(request, reply, url)
  }
}

function sendTo(request: FastifyRequest, reply: FastifyReply, url: string) {
  return wantsJson(request) ? reply.send({ authUrl: url }) : reply.redirect(url, 302)
}

/**
 * Whether the browser calls this machine by another name than PUBLIC_URL does (127.0.0.1 for localhost): Sentry will
 * return it to the latter, where a cookie set now would be missing. Ports do not separate cookies (RFC 6265 8.5).
 */
function isOtherLoopbackName(host: string | undefined, publicUrl: string): boolean {
  const called = URL.parse(`http://${host}`)?.hostname
  const own = new URL(publicUrl).hostname
  return called !== undefined && isLoopback(own) && isLoopback(called) && called !== own
}
