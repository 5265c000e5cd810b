import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import { type ConnectionArguments, type ConnectionSource, type Edge, readFirst } from './connection.ts'
import { decodeCursor, encodeCursor, type ListIdentity, type ListPosition } from './cursor.ts'

/** A list that Sentry serves in pages. */
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
 * Answers `first` and `after` from a list that Sentry serves in pages. The first page has the size of `first`, so one
 * call is the rule. The cursor of a page's last item is Sentry's next one; a cursor inside a page asks that page again and
 * skips. What a page lacks is filled up from one more page: Sentry's may be short, even empty, and still have a next.
 * @throws GraphError `BAD_USER_INPUT`, before any call, for a bad `first` or a cursor of another list.
 */
export async function connectPages<Record, Source>(
  { first, after }: ConnectionArguments,
  list: PagedList<Record, Source>,
): Promise<ConnectionSource<Source>> {
  const wanted = readFirst(first)
  const isStart = typeof after !== 'string'
  const start = isStart ? { upstream: null, index: 0, perPage: wanted } : decodeCursor(after, list.identity)
  const part = await readPart(list, start, wanted)
  const { edges, rest, page } = await fillUp(list, part, wanted)
  return {
    edges,
    get endCursor() {
      return edges.at(-1)?.cursor ?? (rest && encodeCursor(rest, list.identity))
    },
    hasNextPage: rest !== null,
    hasPreviousPage: !isStart,
    totalCount: page.hits ?? (isStart && rest === null ? edges.length : null),
    totalCountIsCapped: page.hits !== null && page.maxHits !== null && page.hits >= page.maxHits,
  }
}

// The page size stays what it was when the walk began, whatever `first` is by now: some of Sentry's cursors count in
// pages, and would skip or repeat items in another size.
async function readPart<Record, Source>(
  list: PagedList<Record, Source>,
  from: ListPosition,
  wanted: number,
): Promise<Part<Source>> {
  const page = await list.page({ cursor: from.upstream, perPage: from.perPage })
  const end = Math.min(from.index + wanted, page.items.length)
  const edges = page.items.slice(from.index, end).map((record, offset) => ({
    // Told only where it is asked for: a cursor for every item would cost more than the items.
    get cursor() {
      return encodeCursor(positionAfter(page, from, from.index + offset), list.identity)
    },
    node: list.node(record),
  }))
  return { edges, rest: end < page.items.length ? { ...from, index: end } : nextPage(page, from), page }
}

function positionAfter(page: Page<unknown>, from: ListPosition, index: number): ListPosition {
  const isLast = index === page.items.length - 1
  return (isLast ? nextPage(page, from) : null) ?? { ...from, index: index + 1 }
}

function nextPage({ next }: Page<unknown>, from: ListPosition): ListPosition | null {
  return next === null ? null : { ...from, upstream: next, index: 0 }
}

async function fillUp<Record, Source>(
  list: PagedList<Record, Source>,
  part: Part<Source>,
  wanted: number,
): Promise<Part<Source>> {
  const missing = wanted - part.edges.length
  if (missing === 0 || part.rest === null) return part
  const more = await readPart(list, part.rest, missing)
  return { ...more, edges: [...part.edges, ...more.edges] }
}
