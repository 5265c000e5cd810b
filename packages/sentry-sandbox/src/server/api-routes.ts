import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Answer } from '../api/answer.ts'
import { ApiError, badRequest, unauthenticated } from '../api/api-error.ts'
import { authenticate, type Caller } from '../api/authentication.ts'
import type { Endpoint } from '../api/endpoint.ts'
import { findEndpoint } from '../api/endpoints.ts'
import type { FoundEndpoint } from '../api/find-endpoint.ts'
import { admit } from './admission.ts'
import type { KeptAnswer } from './kept-answers.ts'
import { answerMissingRoute } from './missing-route.ts'
import { recordPerson } from './request-log-hooks.ts'
import { pathOf, queryOf } from './request-target.ts'
import type { SandboxContext } from './sandbox-context.ts'
import type { HostName } from '../world/organization.ts'

/** Self-hosted Sentry does not have it. */
const regionsPath = '/api/0/users/me/regions/'

const everyMethod: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The REST API of one host. */
export function addApiRoutes(app: FastifyInstance, host: HostName, context: SandboxContext): void {
  app.route({
    method: everyMethod,
    url: '/api/0/*',
    handler: (request, reply) => {
      const found = findEndpoint(pathOf(request))
      return found === null || (found.endpoint.isControlOnly && host !== 'control')
        ? answerMissingRoute(host, request, reply)
        : serve(found, request, reply, host, context)
    },
  })
}

function serve(
  { endpoint, params }: FoundEndpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  host: HostName,
  context: SandboxContext,
): FastifyReply {
  const answering = findAnsweringHost(host, params, context)
  if (context.settings.isSelfHosted && endpoint.path === regionsPath) return answerMissingRoute(host, request, reply)
  if (context.hostsDown.has(answering)) return sendBadGateway(reply)
  const identified = identify(request, answering, context)
  const { caller } = identified
  admit(context, { host: answering, request, caller, own: endpoint.rateLimit }, reply)
  if (identified.error !== null) throw identified.error
  if (request.method === 'OPTIONS') return reply.code(200).header('Allow', listMethods(endpoint)).send()
  const work = () =>
    ask(endpoint, request.method, {
      world: context.world,
      now: context.world.clock.now(),
      host: answering,
      origins: chooseOrigins(context),
      path: pathOf(request),
      query: new URLSearchParams(queryOf(request)),
      params,
      caller,
      issueChanges: context.issueChanges,
      body: readBody(request),
    })
  if (request.method === 'GET') return sendKeptAnswer(reply, findKeptAnswer(request, answering, context, work))
  context.keptAnswers.clear()
  return sendAnswer(reply, work())
}

/** The same question of the same access token has the same answer until the world moves on or somebody writes. */
function findKeptAnswer(
  request: FastifyRequest,
  host: HostName,
  { keptAnswers, settings }: SandboxContext,
  work: () => Answer,
): KeptAnswer {
  const key = [host, settings.isSelfHosted, request.headers.authorization, request.raw.url].join(' ')
  const kept = keptAnswers.find(key)
  if (kept !== undefined) return kept
  const answer = writeAnswer(work())
  keptAnswers.keep(key, answer)
  return answer
}

/** @throws {ApiError} 400 for a body that is no JSON. */
function readBody({ method, body }: FastifyRequest): unknown {
  if (method === 'GET' || typeof body !== 'string' || body === '') return undefined
  try {
    return JSON.parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`JSON parse error - ${error.message}`)
    throw error
  }
}

/** Self-hosted Sentry has one origin for everything. */
function chooseOrigins({ origins, settings }: SandboxContext): SandboxContext['origins'] {
  return settings.isSelfHosted ? { control: origins.control, us: origins.control, de: origins.control } : origins
}

/** What the edge says when control cannot reach the region that it passes a request on to. */
function sendBadGateway(reply: FastifyReply): FastifyReply {
  return reply.code(502).type('text/html; charset=utf-8').send('<!doctype html><title>502</title><h1>Bad Gateway</h1>')
}

/** Control passes a path with an organization on to the organization's region. */
function findAnsweringHost(host: HostName, params: FoundEndpoint['params'], { world }: SandboxContext): HostName {
  if (host !== 'control' || params['organization'] === undefined) return host
  return world.findOrganization(params['organization'])?.region ?? host
}

// The limiter counts refused tokens too, so a refusal is kept until it has counted.
function identify(
  request: FastifyRequest,
  host: HostName,
  context: SandboxContext,
): { caller: Caller | null; error: ApiError | null } {
  try {
    const caller = authenticate(request.headers.authorization, host !== 'control', context)
    if (caller !== null) recordPerson(request, caller.person.id)
    return { caller, error: null }
  } catch (error) {
    if (error instanceof ApiError) return { caller: null, error }
    throw error
  }
}

function ask(
  endpoint: Endpoint,
  method: string,
  request: Omit<Parameters<NonNullable<Endpoint['operations']['GET']>['handle']>[0], 'scopes'>,
): Answer {
  const operation = Object.entries(endpoint.operations).find(
    ([name]) => name === (method === 'HEAD' ? 'GET' : method),
  )?.[1]
  if (operation !== undefined) return operation.handle({ ...request, scopes: operation.scopes })
  if (request.caller === null) throw unauthenticated('Authentication credentials were not provided.')
  throw new ApiError(405, { detail: `Method "${method}" not allowed.` }, { Allow: listMethods(endpoint) })
}

function listMethods({ operations }: Endpoint): string {
  return [...Object.keys(operations), 'HEAD', 'OPTIONS'].join(', ')
}

/** Sends what an endpoint answered. */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  return sendKeptAnswer(reply, writeAnswer(answer))
}

/** A text whose type a header names is sent as it is, everything else as JSON. */
function writeAnswer({ status, body, headers }: Answer): KeptAnswer {
  if (body === undefined) return { status, text: null, headers }
  const isText = typeof body === 'string' && headers['Content-Type'] !== undefined
  return { status, text: isText ? body : JSON.stringify(body), headers }
}

function sendKeptAnswer(reply: FastifyReply, { status, text, headers }: KeptAnswer): FastifyReply {
  reply.code(status)
  if (text === null) return reply.headers(headers).send()
  return reply.type('application/json').headers(headers).send(text)
}
