import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accountPage, type AuthorizedApplication } from '../pages/account-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import { stylesheet, stylesheetPath } from '../pages/stylesheet.ts'
import {
  findBrowserSession,
  findSignedIn,
  isOwnForm,
  openBrowserSession,
  readForm,
  readLocalPath,
  sendPage,
  startBrowserSession,
} from './browser.ts'
import { queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** The sandbox's own pages: who is signed in, choosing somebody else, withdrawing consent. */
export function addAccountRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/', (request, reply) => showAccount(request, reply, context))
  app.get('/settings/account/authorizations/', (request, reply) => showAccount(request, reply, context))
  app.get(stylesheetPath, (_request, reply) => reply.type('text/css; charset=utf-8').send(stylesheet))
  app.get('/auth/choose/', (request, reply) => showPeople(request, reply, context))
  app.post('/auth/login/', (request, reply) => signIn(request, reply, context))
  app.post('/auth/logout/', (request, reply) => signOut(request, reply, context))
  app.post('/settings/account/authorizations/', (request, reply) => withdrawConsent(request, reply, context))
}

function showAccount(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const session = openBrowserSession(request, reply, context)
  const person = findSignedIn(session, context)
  const authorized = person === null ? [] : listAuthorized(person.id, context)
  return sendPage(reply, accountPage({ person, authorized, csrfToken: session.csrfToken }))
}

function listAuthorized(personId: string, { authorizations, applications }: SandboxContext): AuthorizedApplication[] {
  return authorizations.listClients(personId).flatMap((clientId) => {
    const application = applications.find(clientId)
    return application === undefined ? [] : [{ application, scopes: authorizations.find(clientId, personId) ?? [] }]
  })
}

function showPeople(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const { csrfToken } = openBrowserSession(request, reply, context)
  const next = readLocalPath(new URLSearchParams(queryOf(request)).get('next'))
  return sendPage(reply, signInPage({ people: context.world.people, csrfToken, next }))
}

function signIn(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  const person = context.world.people.find(({ id }) => id === form.get('person'))
  if (person === undefined || context.inactive.has(person.id)) {
    const message = 'Choose one of the people on the page. Somebody who is switched off cannot sign in.'
    return sendPage(reply, messagePage('No such person', message), 400)
  }
  startBrowserSession(reply, context, person.id, session.id)
  return reply.redirect(readLocalPath(form.get('next')), 302)
}

function signOut(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(readForm(request), session)) return refuseForm(reply)
  startBrowserSession(reply, context, null, session.id)
  return reply.redirect('/', 302)
}

function withdrawConsent(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  if (session.personId !== null) context.authorizations.remove(form.get('client_id') ?? '', session.personId)
  return reply.redirect('/', 302)
}

/** Django's answer to a form without a valid CSRF token. */
export function refuseForm(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply,
    messagePage(
      'This form has expired',
      'It was not sent from a page of this browser session. Go back, reload the page and try again.',
    ),
    403,
  )
}
