import type { HostName } from './sandbox-context.ts'

/** Which requests go wrong. What is not named matches everything. */
export interface FaultMatch {
  host?: HostName
  method?: string
  /** The path without query: equal to a string, or matched by a pattern. */
  path: string | RegExp
  /** How many requests it strikes before it is used up; without end if not given. */
  times?: number
}

/**
 * What goes wrong.
 *
 * - `status`: answered in place of the real work; a text body is sent as it is, anything else as JSON.
 * - `delayMs`: the true answer, later.
 * - `dripMs`: the true answer, a few bytes at a time with this pause between them.
 * - `redirect`: 302 to another address.
 * - `reset`: the connection is cut before any work is done.
 * - `lost`: the work is done, then the connection is cut.
 * - `silence`: no answer, ever.
 * - `html`: status 200 with a page where JSON belongs.
 * - `truncate`: the true answer ends in the middle.
 */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { delayMs: number }
  | { dripMs: number }
  | { redirect: string }
  | 'reset'
  | 'lost'
  | 'silence'
  | 'html'
  | 'truncate'

/** The faults that are switched on. */
export interface Faults {
  /** Switches a fault on; its id. */
  add(match: FaultMatch, fault: Fault): number
  remove(id: number): void
  /** All that are not used up. */
  list(): { id: number; match: FaultMatch; fault: Fault; left: number }[]
  /** The first fault that matches, counted as used. */
  take(request: { host: HostName; method: string; path: string }): Fault | null
  clear(): void
}

export function createFaults(): Faults {
  let entries: { id: number; match: FaultMatch; fault: Fault; left: number }[] = []
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

function matches(match: FaultMatch, request: { host: HostName; method: string; path: string }): boolean {
  if (match.host !== undefined && match.host !== request.host) return false
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false
  return typeof match.path === 'string' ? match.path === request.path : request.path.search(match.path) !== -1
}
