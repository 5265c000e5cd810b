import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import {
  type ConnectionArguments,
  type ConnectionSource,
  DEFAULT_FIRST,
  type Edge,
  LARGEST_FIRST,
} from './connection.ts'
import { decodeCursor, encodeCursor, type ListIdentity, type ListPosition } from './cursor.ts'
import { GraphError } from './graph-error.ts'

export interface PagedList<Record, Source> {
  identity: ListIdentity
  /** Asks Sentry for one page. */
  page: (options: PageOptions) => Promise<Page<Record>>
  node: (record: Record) => Source
}

interface Part<Source> {
  edges: Edge<Source>[]
  /** Where the list goes on; null at its end. */
  rest: ListPosition | null
  page: Page<unknown>
}

/**
 * Answers `first` and `after` from a list that Sentry serves in pages. A page is asked in the size of `first`, so one
 * call is the rule. The cursor of a page's last item is Sentry's next one; a cursor inside a page asks that page again,
 * skips, and fills up from one more page.
 * @throws GraphError `BAD_USER_INPUT`, before any call, for a bad `first` or a cursor of another list.
 */
export async function connectPages<Record, Source>(
  { first, after }: ConnectionArguments,
  list: PagedList<Record, Source>,
): Promise<ConnectionSource<Source>> {
  const wanted = readFirst(first)
  const start = typeof after === 'string' ? decodeCursor(after, list.identity) : null
  const isInsidePage = start !== null && start.index > 0
  const part = await readPart(
    list,
    isInsidePage ? start : { upstream: start?.upstream ?? null, index: 0, perPage: wanted },
    wanted,
  )
  const filled = isInsidePage ? await fillUp(list, part, wanted) : part
  const hasNextPage = filled.rest !== null
  return {
    edges: filled.edges,
    hasNextPage,
    hasPreviousPage: start !== null,
    ...total(part.page, start === null && !hasNextPage ? filled.edges.length : null),
  }
}

function readFirst(first: number | null | undefined): number {
  const wanted = first ?? DEFAULT_FIRST
  if (wanted < 1 || wanted > LARGEST_FIRST) {
    throw new GraphError('BAD_USER_INPUT', `"first" takes a number from 1 to ${LARGEST_FIRST}.`)
  }
  return wanted
}

async function readPart<Record, Source>(
  list: PagedList<Record, Source>,
  from: ListPosition,
  wanted: number,
): Promise<Part<Source>> {
  const page = await list.page({ cursor: from.upstream, perPage: from.perPage })
  const end = Math.min(from.index + wanted, page.items.length)
  const placeAfter = (index: number) => positionAfter(page, from, index)
  const edges = page.items.slice(from.index, end).map((record, offset) => ({
    cursor: encodeCursor(placeAfter(from.index + offset), list.identity),
    node: list.node(record),
  }))
  const isWhole = end === page.items.length
  const restOfList = page.next === null ? null : { upstream: page.next, index: 0, perPage: from.perPage }
  return { edges, rest: isWhole ? restOfList : placeAfter(end - 1), page }
}

function positionAfter({ items, next }: Page<unknown>, from: ListPosition, index: number): ListPosition {
  const isLast = index === items.length - 1
  return isLast && next !== null ? { ...from, upstream: next, index: 0 } : { ...from, index: index + 1 }
}

async function fillUp<Record, Source>(
  list: PagedList<Record, Source>,
  part: Part<Source>,
  wanted: number,
): Promise<Part<Source>> {
  const missing = wanted - part.edges.length
  if (missing === 0 || part.rest === null) return part
  const more = await readPart(list, { ...part.rest, perPage: missing }, missing)
  return { ...more, edges: [...part.edges, ...more.edges] }
}

function total({ hits, maxHits }: Page<unknown>, seen: number | null) {
  const isCapped = hits !== null && maxHits !== null && hits >= maxHits
  return { totalCount: hits ?? seen, totalCountIsCapped: isCapped }
}
