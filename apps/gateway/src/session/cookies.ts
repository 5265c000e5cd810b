import { hkdfSync } from 'node:crypto'
import cookie from '@fastify/cookie'
import secureSession, { type Session } from '@fastify/secure-session'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import type { PendingSignIn } from '../auth/pending-sign-ins.ts'
import { believableCookies } from './believable-cookies.ts'

/** What the session cookie seals: the opaque secret of the session. Its times are the envelope's own. */
interface SessionCookie {
  secret: string
}

/** What the sign-in cookie seals. */
interface SignInCookie {
  pending: PendingSignIn[]
}

declare module 'fastify' {
  interface FastifyRequest {
    sessionCookie: Session<SessionCookie>
    signInCookie: Session<SignInCookie>
  }
}

/** A sign-in that took too long is still recognised for a while, so that its failure can say so. */
const SIGN_IN_GRACE = 600

/** Seconds for which no Sentry waits for a device longer; how long it waits is in the envelope too. */
const DEVICE_CODE_LIFETIME = 1800

/**
 * The names of our two cookies, and of the envelope that a device carries. `__Host-` makes a browser refuse them from any other host, path or plain http (RFC
 * 6265bis 4.1.3.2); on http loopback, where Secure cookies are not sent everywhere, the plain names serve.
 */
export function cookieNames(publicUrl: string): { session: string; signIn: string; device: string } {
  const prefix = publicUrl.startsWith('https:') ? '__Host-' : ''
  return {
    session: `${prefix}sentry_graph`,
    signIn: `${prefix}sentry_graph_sign_in`,
    device: `${prefix}sentry_graph_device`,
  }
}

/** Seals and opens the two cookies, each under keys of its own purpose. */
export const cookies = fp(
  async (app, { http, session }: Config) => {
    const names = cookieNames(http.publicUrl)
    await app.register(cookie)
    await app.register(believableCookies, { names: Object.values(names) })
    const envelope = (sessionName: string, cookieName: string, lifetime: number) => ({
      sessionName,
      cookieName,
      key: session.secrets.map((secret) => deriveKey(secret, cookieName)),
      expiry: lifetime,
      cookie: {
        httpOnly: true,
        sameSite: 'lax' as const,
        secure: http.publicUrl.startsWith('https:'),
        path: '/',
        maxAge: lifetime,
      },
    })
    await app.register(secureSession, [
      envelope('sessionCookie', names.session, session.absoluteTtl),
      envelope('signInCookie', names.signIn, session.signInTtl + SIGN_IN_GRACE),
      // Never set as a cookie: a device carries its envelope in bodies.
      envelope('pendingDevice', names.device, DEVICE_CODE_LIFETIME),
    ])
  },
  { name: 'cookies' },
)

/** A cookie of one purpose never opens as the other, because the name is part of the key (RFC 5869 3.2). */
function deriveKey(secret: string, cookieName: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', cookieName, 32))
}
