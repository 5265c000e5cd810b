import { SentryApiError } from './sentry-api-error.ts'

export type PathParameters = Readonly<Record<string, string>>
type QueryValue = string | number | boolean
export type QueryParameters = Readonly<Record<string, QueryValue | readonly QueryValue[] | null | undefined>>

const LONGEST_SEGMENT = 250

/**
 * Fills a path template such as `/api/0/organizations/{org}/projects/`; each value becomes exactly one path segment.
 * @throws SentryApiError `invalid_path_segment` for a value that could not stay one.
 */
export function buildPath(template: string, parameters: PathParameters): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(parameters[name], template))
}

function encodeSegment(value: string | undefined, template: string): string {
  if (value === undefined || !isSegment(value)) {
    throw new SentryApiError('invalid_path_segment', 'A value does not fit into the path of a Sentry endpoint.', {
      endpoint: template,
    })
  }
  return encodeURIComponent(value)
}

// `.` and `..` survive percent-encoding: URL parsers resolve them (WHATWG URL, "double-dot path segment").
function isSegment(value: string): boolean {
  const isDots = value === '.' || value === '..'
  return value !== '' && value.length <= LONGEST_SEGMENT && !isDots && !value.includes('\0') && value.isWellFormed()
}

/** `?a=1&b=2&b=3`, or an empty text; null and undefined are left out, lists repeat their name. */
export function buildQuery(parameters: QueryParameters = {}): string {
  let query = ''
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue
    for (const item of [value].flat()) {
      query += `${query === '' ? '?' : '&'}${encodeQuery(name)}=${encodeQuery(String(item))}`
    }
  }
  return query
}

/** As forms write it (WHATWG URL, "application/x-www-form-urlencoded serializing"); most texts are written as they are. */
function encodeQuery(text: string): string {
  return /^[\w.-]*$/.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1)
}
