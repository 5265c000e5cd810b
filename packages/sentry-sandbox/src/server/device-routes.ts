import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { areAllowedScopes, readScopes } from '../oauth/authorization-request.ts'
import { consentPage } from '../pages/consent-page.ts'
import { devicePage } from '../pages/device-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import type { BrowserSession } from '../state/browser-sessions.ts'
import { deviceCodeLifetime, pollInterval, type DeviceRequest } from '../state/device-codes.ts'
import type { Person } from '../world/person.ts'
import { refuseForm } from './account-routes.ts'
import { findActiveApplication } from './active-application.ts'
import { createAttempts, type Attempts } from './attempts.ts'
import { findBrowserSession, findSignedIn, isOwnForm, openBrowserSession, readForm, sendPage } from './browser.ts'
import { refuseMethod, sendOAuthJson } from './oauth-answer.ts'
import { chooseOrganization, listOrganizationsOf } from './organization-choice.ts'
import { queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'

const codePath = '/oauth/device/code/'
const pagePath = '/oauth/device/'
const attemptsPerMinute = 10

/** Device authorization (RFC 8628): the device asks for codes here, its owner answers on the page. */
export function addDeviceRoutes(app: FastifyInstance, context: SandboxContext): void {
  const attempts = createAttempts(attemptsPerMinute, context.clock)
  app.post(codePath, (request, reply) => issueCodes(request, reply, context))
  refuseMethod(app, codePath, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
  app.get(pagePath, (request, reply) => showPage(request, reply, context, attempts))
  app.post(pagePath, (request, reply) => decide(request, reply, context, attempts))
}

function issueCodes(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const form = readForm(request)
  const application = findActiveApplication(form.get('client_id') ?? '', context)
  if (application === undefined) return sendOAuthJson(reply, 401, { error: 'invalid_client' })
  const scopes = readScopes(form.get('scope'))
  if (!areAllowedScopes(scopes, application)) {
    const error_description = 'The requested scope is invalid, unknown or not allowed for this application'
    return sendOAuthJson(reply, 400, { error: 'invalid_scope', error_description })
  }
  const { deviceCode, userCode } = context.deviceCodes.issue(application.clientId, scopes)
  const verificationUri = `${context.origins.control}${pagePath}`
  return sendOAuthJson(reply, 200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
    verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
    expires_in: deviceCodeLifetime,
    interval: pollInterval,
  })
}

function showPage(
  request: FastifyRequest,
  reply: FastifyReply,
  context: SandboxContext,
  attempts: Attempts,
): FastifyReply {
  const session = openBrowserSession(request, reply, context)
  const person = findSignedIn(session, context)
  const query = queryOf(request)
  if (person === null) {
    const next = query === '' ? pagePath : `${pagePath}?${query}`
    return sendPage(reply, signInPage({ people: context.world.people, csrfToken: session.csrfToken, next }))
  }
  const userCode = new URLSearchParams(query).get('user_code') ?? ''
  if (userCode === '') return askForCode(reply, session, '', null)
  return openDeviceRequest(request, reply, context, attempts, { session, person, userCode })
}

function decide(
  request: FastifyRequest,
  reply: FastifyReply,
  context: SandboxContext,
  attempts: Attempts,
): FastifyReply {
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  const person = findSignedIn(session, context)
  if (person === null) return sendPage(reply, messagePage('Nobody is signed in', 'Sign in and try again.'))
  const userCode = form.get('user_code') ?? ''
  const op = form.get('op')
  if (op === null) return openDeviceRequest(request, reply, context, attempts, { session, person, userCode })
  const deviceRequest = context.deviceCodes.findPending(userCode)
  if (deviceRequest === null) return askForCode(reply, session, userCode, wrongCode)
  return answer(reply, context, deviceRequest, person, form)
}

const wrongCode = 'There is no device with this code, or it waited too long. Look at the code again.'

function openDeviceRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  context: SandboxContext,
  attempts: Attempts,
  { session, person, userCode }: { session: BrowserSession; person: Person; userCode: string },
): FastifyReply {
  if (!attempts.admit(request.ip)) {
    return askForCode(reply, session, '', 'Too many codes in a minute. Wait a little.', 429)
  }
  const deviceRequest = context.deviceCodes.findPending(userCode)
  const application = deviceRequest === null ? undefined : findActiveApplication(deviceRequest.clientId, context)
  if (deviceRequest === null || application === undefined) return askForCode(reply, session, userCode, wrongCode)
  const next = `${pagePath}?${new URLSearchParams({ user_code: deviceRequest.userCode }).toString()}`
  return sendPage(
    reply,
    consentPage({
      application,
      person,
      scopes: deviceRequest.scopes,
      organizations: application.organizationScopes === null ? null : listOrganizationsOf(person, context),
      csrfToken: session.csrfToken,
      action: pagePath,
      fields: { user_code: deviceRequest.userCode },
      chooseHref: `/auth/choose/?${new URLSearchParams({ next }).toString()}`,
    }),
  )
}

function askForCode(
  reply: FastifyReply,
  { csrfToken }: BrowserSession,
  userCode: string,
  complaint: string | null,
  status = 200,
): FastifyReply {
  return sendPage(reply, devicePage({ userCode, complaint, csrfToken }), status)
}

function answer(
  reply: FastifyReply,
  context: SandboxContext,
  { clientId, userCode, scopes }: DeviceRequest,
  person: Person,
  form: URLSearchParams,
): FastifyReply {
  const { deviceCodes, authorizations } = context
  const application = findActiveApplication(clientId, context)
  if (application === undefined || form.get('op') !== 'approve') {
    deviceCodes.answer(userCode, 'denied')
    return sendPage(reply, messagePage('Access denied', 'Your device will be told so. You can close this page.'))
  }
  const choice = chooseOrganization(application, person, form, context)
  if ('error' in choice) {
    return sendPage(reply, messagePage('Not connected', 'Choose an organization that you belong to.'), 400)
  }
  authorizations.add(clientId, person.id, scopes)
  deviceCodes.answer(userCode, { personId: person.id, organizationId: choice.organizationId })
  return sendPage(reply, messagePage('Device connected', `${application.name} can go on. You can close this page.`))
}
