import { answerJson, type Answer } from './answer.ts'
import { badRequest } from './api-error.ts'
import type { ApiRequest } from './endpoint.ts'

const maximumPerPage = 100

/** A place in a list, in Sentry's notation `value:offset:is_prev`. Offset lists leave the value at 0. */
interface Cursor {
  offset: number
  isPrevious: boolean
}

/**
 * One page of a list, chosen by `per_page` and `cursor`, with the `Link` header that always names both neighbours.
 *
 * @throws {ApiError} 400 for a bad `per_page` or `cursor`.
 */
export function answerPage<T>(request: ApiRequest, items: readonly T[], present: (item: T) => unknown): Answer {
  const page = takePage(request, items)
  return answerJson(page.items.map(present), page.headers)
}

/**
 * The part of a list that `per_page` and `cursor` choose, for answers that wrap their list.
 *
 * @throws {ApiError} 400 for a bad `per_page` or `cursor`.
 */
export function takePage<T>(request: ApiRequest, items: readonly T[]): { items: T[]; headers: { Link: string } } {
  const perPage = readPerPage(request.query)
  const { offset } = readCursor(request.query)
  const end = offset + perPage
  const previous: Cursor = { offset: Math.max(0, offset - perPage), isPrevious: true }
  const next: Cursor = { offset: end, isPrevious: false }
  const link = [
    formatLink(request, 'previous', formatCursor(previous), offset > 0),
    formatLink(request, 'next', formatCursor(next), end < items.length),
  ].join(', ')
  return { items: items.slice(offset, end), headers: { Link: link } }
}

/**
 * One page of a list that is too long to be made whole: only as much is taken from it as the page needs.
 *
 * @throws {ApiError} 400 for a bad `per_page` or `cursor`.
 */
export function answerWindow<T>(request: ApiRequest, items: Iterable<T>, present: (item: T) => unknown): Answer {
  const end = readCursor(request.query).offset + readPerPage(request.query)
  const taken: T[] = []
  for (const item of items) {
    taken.push(item)
    if (taken.length > end) break
  }
  return answerPage(request, taken, present)
}

function readPerPage(query: URLSearchParams): number {
  const text = query.getAll('per_page').at(-1)
  if (text === undefined) return maximumPerPage
  if (!/^\s*\+?\d+\s*$/.test(text)) throw badRequest('Invalid per_page parameter.')
  const perPage = Number(text)
  if (perPage > maximumPerPage) throw badRequest(`Invalid per_page value. Cannot exceed ${maximumPerPage}.`)
  if (perPage < 1) throw badRequest('Invalid per_page parameter.')
  return perPage
}

function readCursor(query: URLSearchParams): Cursor {
  const text = query.getAll('cursor').at(-1)
  if (text === undefined || text === '') return { offset: 0, isPrevious: false }
  const match = /^-?\d+(?:\.\d+)?:(\d{1,15}):([01])$/.exec(text)
  if (match === null) throw badRequest('Invalid cursor parameter.')
  return { offset: Number(match[1]), isPrevious: match[2] === '1' }
}

const formatCursor = ({ offset, isPrevious }: Cursor) => `0:${offset}:${isPrevious ? 1 : 0}`

/** One relation of a `Link` header. */
export function formatLink(
  request: ApiRequest,
  relation: 'previous' | 'next',
  cursor: string,
  hasResults: boolean,
): string {
  const others = new URLSearchParams([...request.query].filter(([name]) => name !== 'cursor'))
  const url = `${request.origins[request.host]}${request.path}?${others.toString()}&cursor=${cursor}`
  return `<${url}>; rel="${relation}"; results="${hasResults}"; cursor="${cursor}"`
}
