import { badRequest } from '../api-error.ts'
import type { ApiRequest } from '../endpoint.ts'
import { formatLink } from '../pagination.ts'

const maximum = 100

/** A place in a sorted list: so many items after the first whose number is not above `value`. */
interface Place {
  value: number
  offset: number
  isPrevious: boolean
}

/**
 * The part of a list that `limit` and `cursor` choose. The list is sorted by falling numbers, and cursors hold such a number: what
 * comes in at the top while somebody pages does not move what follows.
 *
 * @throws {ApiError} 400 for a bad `limit` or `cursor`.
 */
export function takeIssuePage<T>(
  request: ApiRequest,
  items: readonly T[],
  rank: (item: T) => number,
): { items: T[]; headers: Record<string, string> } {
  const limit = readLimit(request.query)
  const place = readPlace(request.query)
  const at = place === null ? 0 : findIndex(items, rank, place)
  const [start, end] = place?.isPrevious ? [Math.max(0, at - limit), at] : [at, Math.min(items.length, at + limit)]
  const link = [
    formatLink(request, 'previous', formatPlace(items, rank, start, true), start > 0),
    formatLink(request, 'next', formatPlace(items, rank, end, false), end < items.length),
  ]
  return { items: items.slice(start, end), headers: { Link: link.join(', ') } }
}

function readLimit(query: URLSearchParams): number {
  const text = query.getAll('limit').at(-1) ?? query.getAll('per_page').at(-1) ?? ''
  if (text === '') return maximum
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > maximum) throw badRequest('invalid limit')
  return limit
}

function readPlace(query: URLSearchParams): Place | null {
  const text = query.getAll('cursor').at(-1) ?? ''
  if (text === '') return null
  const [, value, offset, isPrevious] = /^(\d{1,16}):(\d{1,9}):([01])$/.exec(text) ?? []
  if (value === undefined) throw badRequest('Invalid cursor parameter.')
  return { value: Number(value), offset: Number(offset), isPrevious: isPrevious === '1' }
}

function findIndex<T>(items: readonly T[], rank: (item: T) => number, { value, offset }: Place): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item !== undefined && rank(item) > value) low = middle + 1
    else high = middle
  }
  return Math.min(items.length, low + offset)
}

function formatPlace<T>(items: readonly T[], rank: (item: T) => number, index: number, isPrevious: boolean): string {
  const item = items[index] ?? items.at(-1)
  if (item === undefined) return `0:0:${Number(isPrevious)}`
  const value = rank(item)
  const first = findIndex(items, rank, { value, offset: 0, isPrevious })
  return `${value}:${index - first}:${Number(isPrevious)}`
}
