import type { RecordedRequest } from '../server/request-log.ts'

const names = ['host', 'method', 'path', 'personId', 'status'] as const

/** The recorded requests that have all the values asked for. */
export function listRequests(
  requests: readonly RecordedRequest[],
  wanted: Readonly<Record<string, string>>,
): RecordedRequest[] {
  const asked = names.filter((name) => wanted[name] !== undefined)
  return requests.filter((request) => asked.every((name) => String(request[name]) === wanted[name]))
}
