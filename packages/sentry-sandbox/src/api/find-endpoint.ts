import type { Endpoint } from './endpoint.ts'
import { readPathParts } from './path-parts.ts'

/** An endpoint with the values of its path's parts. */
export interface FoundEndpoint {
  endpoint: Endpoint
  params: Readonly<Record<string, string>>
}

/** What a part of a path leads to: words that are spelled out, one part that may be anything, and an endpoint if it ends there. */
interface Crossing {
  words: Map<string, Crossing>
  any: Crossing | null
  endpoint: Endpoint | null
}

const createCrossing = (): Crossing => ({ words: new Map(), any: null, endpoint: null })

/**
 * Makes the search for the endpoint of a path, as it came over the wire. A word that is spelled out wins over a part that may be anything;
 * a path with a part that cannot be decoded is no endpoint's. It is made once for all hosts: as routes of each, endpoints would take
 * longer to register than everything else at the start.
 */
export function createEndpointFinder(endpoints: readonly Endpoint[]): (path: string) => FoundEndpoint | null {
  const root = createCrossing()
  for (const endpoint of endpoints) addEndpoint(root, endpoint)
  return (path) => {
    const parts = readPathParts(path)
    const found = parts && walk(root, parts, 0, [])
    return found?.endpoint ? { endpoint: found.endpoint, params: nameValues(found.endpoint, found.values) } : null
  }
}

function addEndpoint(root: Crossing, endpoint: Endpoint): void {
  let crossing = root
  for (const part of endpoint.path.split('/')) {
    const known = part.startsWith(':') ? crossing.any : crossing.words.get(part)
    const next = known ?? createCrossing()
    if (part.startsWith(':')) crossing.any = next
    else crossing.words.set(part, next)
    crossing = next
  }
  crossing.endpoint = endpoint
}

interface Walk {
  endpoint: Endpoint | null
  values: readonly string[]
}

function walk(crossing: Crossing, parts: readonly string[], position: number, values: readonly string[]): Walk | null {
  const part = parts[position]
  if (part === undefined) return crossing.endpoint && { endpoint: crossing.endpoint, values }
  const word = crossing.words.get(part)
  const found = word && walk(word, parts, position + 1, values)
  if (found) return found
  return crossing.any === null || part === '' ? null : walk(crossing.any, parts, position + 1, [...values, part])
}

function nameValues({ path }: Endpoint, values: readonly string[]): Record<string, string> {
  const names = path.split('/').filter((part) => part.startsWith(':'))
  return Object.fromEntries(names.map((name, position) => [name.slice(1), values[position] ?? '']))
}
