import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readAuthorizationRequest, type AuthorizationRequest } from '../oauth/authorization-request.ts'
import { appendParameters } from '../oauth/redirect-uri.ts'
import { consentPage } from '../pages/consent-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import type { BrowserSession } from '../state/browser-sessions.ts'
import type { Person } from '../world/person.ts'
import { refuseForm } from './account-routes.ts'
import { findBrowserSession, findSignedIn, isOwnForm, openBrowserSession, readForm, sendPage } from './browser.ts'
import { queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'

const path = '/oauth/authorize/'

/** The authorization endpoint: sign-in, consent, and the way back to the client. */
export function addAuthorizeRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get(path, (request, reply) => authorize(request, reply, context))
  app.post(path, (request, reply) => decide(request, reply, context))
}

function authorize(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const query = queryOf(request)
  const read = readAuthorizationRequest(new URLSearchParams(query), context.applications)
  if (read.outcome === 'page') return sendErrorPage(reply, read.message, 400)
  if (read.outcome === 'redirect') return redirectBack(reply, read, { error: read.error })

  const session = openBrowserSession(request, reply, context)
  const person = findSignedIn(session, context)
  const self = `${path}?${query}`
  if (person === null) {
    return sendPage(reply, signInPage({ people: context.world.people, csrfToken: session.csrfToken, next: self }))
  }
  if (isConsentGiven(read.request, person, context)) return grant(reply, read.request, person, context)
  return askConsent(reply, read.request, person, session, query, context)
}

function isConsentGiven(
  { application, scopes, forcePrompt }: AuthorizationRequest,
  person: Person,
  context: SandboxContext,
): boolean {
  const given = context.authorizations.find(application.clientId, person.id)
  return !forcePrompt && given !== null && scopes.every((scope) => given.includes(scope))
}

function askConsent(
  reply: FastifyReply,
  { application, scopes }: AuthorizationRequest,
  person: Person,
  session: BrowserSession,
  query: string,
  { browserSessions }: SandboxContext,
): FastifyReply {
  browserSessions.setPendingAuthorization(session.id, query)
  const self = `${path}?${query}`
  const chooseHref = `/auth/choose/?${new URLSearchParams({ next: self }).toString()}`
  return sendPage(
    reply,
    consentPage({ application, person, scopes, csrfToken: session.csrfToken, action: self, chooseHref }),
  )
}

function decide(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  const person = findSignedIn(session, context)
  // The question that counts is the one the session holds: a second tab has overwritten the first.
  const read = readAuthorizationRequest(new URLSearchParams(session.pendingAuthorization ?? ''), context.applications)
  if (person === null || session.pendingAuthorization === null || read.outcome !== 'ask') {
    return sendErrorPage(
      reply,
      'No authorization request is waiting for your answer. Start again from the application.',
      200,
    )
  }
  context.browserSessions.setPendingAuthorization(session.id, null)
  if (form.get('op') !== 'approve') return redirectBack(reply, read.request, { error: 'access_denied' })
  context.authorizations.add(read.request.application.clientId, person.id, read.request.scopes)
  return grant(reply, read.request, person, context)
}

function grant(
  reply: FastifyReply,
  request: AuthorizationRequest,
  person: Person,
  { codes }: SandboxContext,
): FastifyReply {
  const code = codes.issue({
    clientId: request.application.clientId,
    personId: person.id,
    redirectUri: request.redirectUri,
    scopes: request.scopes,
    codeChallenge: request.codeChallenge,
  })
  return redirectBack(reply, request, { code })
}

/** Back to the client, with nothing but these parameters and the state it sent: no `iss`, no description. */
function redirectBack(
  reply: FastifyReply,
  { redirectTarget, state }: { redirectTarget: string; state: string | null },
  parameters: Record<string, string>,
): FastifyReply {
  const answer = new URLSearchParams({ ...parameters, ...(state === null ? {} : { state }) })
  return reply.header('Cache-Control', 'no-store').redirect(appendParameters(redirectTarget, answer), 302)
}

function sendErrorPage(reply: FastifyReply, message: string, status: 200 | 400): FastifyReply {
  return sendPage(reply, messagePage('The authorization request cannot be answered', message), status)
}
