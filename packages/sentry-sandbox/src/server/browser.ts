import type { FastifyReply, FastifyRequest } from 'fastify'
import type { BrowserSession } from '../state/browser-sessions.ts'
import type { Person } from '../world/person.ts'
import type { SandboxContext } from './sandbox-context.ts'

const cookieName = 'sandbox_session'

/** The session of a browser, started when it has none yet. */
export function openBrowserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  context: SandboxContext,
): BrowserSession {
  return findBrowserSession(request, context) ?? startBrowserSession(reply, context, null, null)
}

export function findBrowserSession(
  request: FastifyRequest,
  { browserSessions }: SandboxContext,
): BrowserSession | null {
  const id = request.cookies[cookieName]
  return id === undefined ? null : browserSessions.find(id)
}

/** Starts a session for a person, or for nobody, in place of the former one. */
export function startBrowserSession(
  reply: FastifyReply,
  { browserSessions }: SandboxContext,
  personId: string | null,
  formerId: string | null,
): BrowserSession {
  const session = browserSessions.start(personId, formerId)
  reply.setCookie(cookieName, session.id, { path: '/', httpOnly: true, sameSite: 'lax' })
  return session
}

/** Who is signed in; nobody when the person has been switched off. */
export function findSignedIn({ personId }: BrowserSession, { world, inactive }: SandboxContext): Person | null {
  return personId === null || inactive.has(personId) ? null : (world.findPerson(personId) ?? null)
}

/** The fields of a form; empty for any other body. */
export function readForm(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
}

/** Whether a form was shown to this very browser by the sandbox itself. */
export function isOwnForm(form: URLSearchParams, session: BrowserSession): boolean {
  return form.get('csrfmiddlewaretoken') === session.csrfToken
}

/** A path on this host; anything that a browser could take for another site becomes `/`. */
export function readLocalPath(path: string | null): string {
  if (path === null || !path.startsWith('/')) return '/'
  const base = 'http://sandbox.invalid'
  if (!URL.canParse(path, base)) return '/'
  const url = new URL(path, base)
  return url.origin === base ? `${url.pathname}${url.search}` : '/'
}

export function sendPage(reply: FastifyReply, markup: string, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    .send(markup)
}
