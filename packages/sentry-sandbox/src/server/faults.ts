import type { RefusalName } from '../api/refusals.ts'
import type { HostName } from '../world/organization.ts'

/** Which requests go wrong. What is not named matches everything. */
export interface FaultMatch {
  host?: HostName
  method?: string
  /** The path without query: equal to a string, or matched by a pattern. */
  path?: string | RegExp
  /** How many requests it strikes before it is used up; without end if not given. */
  times?: number
}

/**
 * What goes wrong. In place of the work:
 *
 * - `status`: that answer; a text body is sent as it is, anything else as JSON.
 * - `refusal`: one of Sentry's refusals by name, such as `token-expired` or `sso-required`.
 * - `rateLimited`: 429 as Sentry sends it, with a window that ends after this many seconds.
 * - `redirect`: 302 to another address.
 * - `reset`: the connection is cut. `silence`: no answer, ever.
 * - `html`: a page with status 200 where JSON belongs. `garbage`: JSON that cannot be parsed. `empty`: status 200 with no body.
 * - `hugeBytes`: valid JSON of this size, streamed. `gzipBombBytes`: the same, compressed to a thousandth.
 *
 * After the work, on the true answer:
 *
 * - `delayMs`: later. `dripMs`: a few bytes at a time with this pause between them. `truncate`: it ends in the middle.
 * - `lost`: the connection is cut instead.
 * - `field`: a member of the JSON body is dropped, null, or of another type; `links.regionUrl` names it by the end of its path,
 *   list positions left out.
 * - `deprecated`: Sentry's headers for an endpoint that goes away at this date, and after it a 410 in every brownout: `daily` from
 *   12:00 to 12:01 UTC as Sentry does, or `always`.
 */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { refusal: RefusalName }
  | { rateLimited: number }
  | { redirect: string }
  | { hugeBytes: number }
  | { gzipBombBytes: number }
  | { delayMs: number }
  | { dripMs: number }
  | FieldFault
  | DeprecationFault
  | FaultName

/** The faults that need no further word. */
export const faultNames = ['reset', 'silence', 'html', 'garbage', 'empty', 'lost', 'truncate'] as const
export type FaultName = (typeof faultNames)[number]

export const fieldChanges = ['drop', 'null', 'type'] as const

export interface FieldFault {
  field: string
  change: (typeof fieldChanges)[number]
}

export const brownouts = ['daily', 'always'] as const

export interface DeprecationFault {
  /** ISO 8601. */
  deprecated: string
  replacement?: string
  brownout?: (typeof brownouts)[number]
}

/** A fault that is switched on. */
export interface SwitchedFault {
  id: number
  match: FaultMatch
  fault: Fault
  /** How often it will still strike. */
  left: number
}

/** The faults that are switched on. */
export interface Faults {
  /** Switches a fault on; its id. */
  add(match: FaultMatch, fault: Fault): number
  remove(id: number): void
  /** All that are not used up. */
  list(): SwitchedFault[]
  /** The first fault that matches, counted as used. */
  take(request: FaultyRequest): Fault | null
  clear(): void
}

interface FaultyRequest {
  host: HostName
  method: string
  path: string
}

export function createFaults(): Faults {
  let entries: SwitchedFault[] = []
  let lastId = 0
  return {
    add(match, fault) {
      lastId += 1
      entries.push({ id: lastId, match, fault, left: match.times ?? Infinity })
      return lastId
    },
    remove(id) {
      entries = entries.filter((entry) => entry.id !== id)
    },
    list: () => entries.map((entry) => ({ ...entry })),
    take(request) {
      if (entries.length === 0) return null
      const entry = entries.find(({ match }) => matches(match, request))
      if (entry === undefined) return null
      entry.left -= 1
      if (entry.left <= 0) entries = entries.filter((other) => other !== entry)
      return entry.fault
    },
    clear() {
      entries = []
    },
  }
}

function matches({ host, method, path }: FaultMatch, request: FaultyRequest): boolean {
  if (host !== undefined && host !== request.host) return false
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path === undefined) return true
  return typeof path === 'string' ? path === request.path : request.path.search(path) !== -1
}
