import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readAuthorizationRequest, type AuthorizationRequest, type WayBack } from '../oauth/authorization-request.ts'
import { appendFragment, appendParameters } from '../oauth/redirect-uri.ts'
import { expandScopes } from '../oauth/scopes.ts'
import { presentImplicitToken } from '../oauth/token-response.ts'
import { consentPage } from '../pages/consent-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import type { BrowserSession } from '../state/browser-sessions.ts'
import type { Person } from '../world/person.ts'
import { refuseForm } from './account-routes.ts'
import { findActiveApplication } from './active-application.ts'
import { findBrowserSession, findSignedIn, isOwnForm, openBrowserSession, readForm, sendPage } from './browser.ts'
import { chooseOrganization, listOrganizationsOf } from './organization-choice.ts'
import { queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'

const path = '/oauth/authorize/'

/** The authorization endpoint: sign-in, consent, and the way back to the client. */
export function addAuthorizeRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get(path, (request, reply) => authorize(request, reply, context))
  app.post(path, (request, reply) => decide(request, reply, context))
}

function readRequest(query: string, context: SandboxContext): ReturnType<typeof readAuthorizationRequest> {
  return readAuthorizationRequest(new URLSearchParams(query), (clientId) => findActiveApplication(clientId, context))
}

function authorize(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const query = queryOf(request)
  const read = readRequest(query, context)
  if (read.outcome === 'page') return sendErrorPage(reply, read.message, 400)
  if (read.outcome === 'redirect') return redirectBack(reply, read, { error: read.error })

  const session = openBrowserSession(request, reply, context)
  const person = findSignedIn(session, context)
  const self = `${path}?${query}`
  if (person === null) {
    return sendPage(reply, signInPage({ people: context.world.people, csrfToken: session.csrfToken, next: self }))
  }
  if (isConsentGiven(read.request, person, context)) return grant(reply, read.request, person, null, context)
  return askConsent(reply, read.request, person, session, query, context)
}

/** An organization-bound application asks every time: the person chooses the organization. */
function isConsentGiven(
  { application, scopes, forcePrompt }: AuthorizationRequest,
  person: Person,
  context: SandboxContext,
): boolean {
  const given = context.authorizations.find(application.clientId, person.id)
  const isBound = application.organizationScopes !== null
  return !forcePrompt && !isBound && given !== null && scopes.every((scope) => given.includes(scope))
}

function askConsent(
  reply: FastifyReply,
  { application, scopes }: AuthorizationRequest,
  person: Person,
  session: BrowserSession,
  query: string,
  context: SandboxContext,
): FastifyReply {
  const organizations = application.organizationScopes === null ? null : listOrganizationsOf(person, context)
  if (organizations?.length === 0) {
    return sendErrorPage(reply, 'The application needs an organization, and you belong to none.', 400)
  }
  context.browserSessions.setPendingAuthorization(session.id, query)
  const self = `${path}?${query}`
  const chooseHref = `/auth/choose/?${new URLSearchParams({ next: self }).toString()}`
  const { csrfToken } = session
  return sendPage(
    reply,
    consentPage({ application, person, scopes, organizations, csrfToken, action: self, fields: {}, chooseHref }),
  )
}

function decide(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  const person = findSignedIn(session, context)
  // The question that counts is the one the session holds: a second tab has overwritten the first.
  const read = readRequest(session.pendingAuthorization ?? '', context)
  if (person === null || session.pendingAuthorization === null || read.outcome !== 'ask') {
    return sendErrorPage(
      reply,
      'No authorization request is waiting for your answer. Start again from the application.',
      200,
    )
  }
  context.browserSessions.setPendingAuthorization(session.id, null)
  if (form.get('op') !== 'approve') return redirectBack(reply, read.request, { error: 'access_denied' })
  const choice = chooseOrganization(read.request.application, person, form, context)
  if ('error' in choice) return redirectBack(reply, read.request, { error: choice.error })
  context.authorizations.add(read.request.application.clientId, person.id, read.request.scopes)
  return grant(reply, read.request, person, choice.organizationId, context)
}

function grant(
  reply: FastifyReply,
  request: AuthorizationRequest,
  person: Person,
  organizationId: string | null,
  { codes, tokens, clock }: SandboxContext,
): FastifyReply {
  const { application, scopes, redirectUri, codeChallenge } = request
  const owner = { clientId: application.clientId, personId: person.id, organizationId }
  if (request.responseType === 'token') {
    const token = tokens.issueWithoutRefresh({ ...owner, scopes: expandScopes(scopes) })
    return redirectBack(reply, request, presentImplicitToken(token, clock()))
  }
  return redirectBack(reply, request, { code: codes.issue({ ...owner, redirectUri, scopes, codeChallenge }) })
}

/** Back to the client, with nothing but these parameters and the state it sent: no `iss`, no description. */
function redirectBack(
  reply: FastifyReply,
  { redirectTarget, responseType, state }: WayBack,
  parameters: Record<string, string>,
): FastifyReply {
  const answer = new URLSearchParams({ ...parameters, ...(state === null ? {} : { state }) })
  const append = responseType === 'token' ? appendFragment : appendParameters
  return reply.header('Cache-Control', 'no-store').redirect(append(redirectTarget, answer), 302)
}

function sendErrorPage(reply: FastifyReply, message: string, status: 200 | 400): FastifyReply {
  return sendPage(reply, messagePage('The authorization request cannot be answered', message), status)
}
