import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readPathParts } from '../api/path-parts.ts'
import { messagePage } from '../pages/message-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import { webPlacePage } from '../pages/web-place-page.ts'
import { findSignedIn, openBrowserSession, readLocalPath, sendPage } from './browser.ts'
import { pathOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'
import { findWebPlace } from './web-place.ts'

/** Where Sentry's web interface has its pages: links of API answers and of clients lead there. */
export function addWebRoutes(app: FastifyInstance, context: SandboxContext): void {
  for (const area of ['organizations', 'settings']) {
    app.get(`/${area}/:organization`, (request, reply) => showPlace(request, reply, context))
    app.get(`/${area}/:organization/*`, (request, reply) => showPlace(request, reply, context))
  }
}

/** Whether something is there is only told to whoever may see it. */
function showPlace(request: FastifyRequest, reply: FastifyReply, context: SandboxContext): FastifyReply {
  const session = openBrowserSession(request, reply, context)
  const person = findSignedIn(session, context)
  const path = pathOf(request)
  if (person === null) {
    const { csrfToken } = session
    return sendPage(reply, signInPage({ people: context.world.people, csrfToken, next: readLocalPath(path) }))
  }
  const parts = readPathParts(path)
  const place = parts && findWebPlace(parts, person, context)
  if (place !== null) return sendPage(reply, webPlacePage(place))
  const message = `There is nothing at this address that ${person.name ?? person.email} may see.`
  return sendPage(reply, messagePage('Not found', message), 404)
}
