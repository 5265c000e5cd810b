import type { HostName } from '../world/organization.ts'
import type { IssueChanges } from '../state/issue-changes.ts'
import type { World } from '../world/world.ts'
import { forbidden, insufficientScope, unauthenticated } from './api-error.ts'
import type { Answer } from './answer.ts'
import type { Caller } from './authentication.ts'

/** A request as endpoints see it: no HTTP server, no state, only the question. */
export interface ApiRequest {
  world: World
  /** What people did to issues. */
  issueChanges: IssueChanges
  /** The moment of the question. */
  now: Date
  /** The host that answers: for paths with an organization the organization's region, although control passed it on. */
  host: HostName
  origins: Readonly<Record<HostName, string>>
  /** As it came over the wire. */
  path: string
  query: URLSearchParams
  params: Readonly<Record<string, string>>
  /** The JSON that came with it; undefined when none came. */
  body: unknown
  caller: Caller | null
  /** Any one of these scopes is enough for the operation. */
  scopes: readonly string[]
}

/** A request whose caller is known. */
export type CallerRequest = ApiRequest & { caller: Caller }

export interface Operation {
  scopes: readonly string[]
  handle(request: ApiRequest): Answer
}

/** One path of the REST API. */
export interface Endpoint {
  /** With `:name` for its parts; `:organization` makes the control host pass it on to the organization's region. */
  path: string
  /** Control-only paths do not exist on regions. */
  isControlOnly: boolean
  /** Without one the endpoint shares the limit of all the others. */
  rateLimit?: EndpointRateLimit
  operations: Readonly<Partial<Record<'GET' | 'PUT' | 'POST' | 'DELETE', Operation>>>
}

/** How much one person may ask: requests per fixed window and requests at the same time. */
export interface RateLimit {
  limit: number
  /** Seconds. */
  window: number
  concurrency: number
}

/** A limit that the endpoints of one group share. */
export interface EndpointRateLimit extends RateLimit {
  group: string
}

/** The endpoint with a limit of its own. */
export const limitRate = (rateLimit: EndpointRateLimit, endpoint: Endpoint): Endpoint => ({ ...endpoint, rateLimit })

/** Any of these lets one read what the first part of a scope's name stands for. */
export const readScopes = (resource: 'org' | 'project' | 'team' | 'member' | 'event'): readonly string[] =>
  ['read', 'write', 'admin'].map((right) => `${resource}:${right}`)

/** An operation for callers whose access token has one of the scopes. */
export function callerOperation(scopes: readonly string[], handle: (request: CallerRequest) => Answer): Operation {
  return {
    scopes,
    handle(request) {
      const { caller } = request
      if (caller === null) throw unauthenticated('Authentication credentials were not provided.')
      if (!scopes.some((scope) => caller.scopes.includes(scope))) throw insufficientScope(scopes)
      return handle({ ...request, caller })
    },
  }
}

/** Throws unless one of the operation's scopes is among the effective ones. */
export function requireScope(request: ApiRequest, effectiveScopes: readonly string[]): void {
  if (!request.scopes.some((scope) => effectiveScopes.includes(scope))) throw forbidden()
}
