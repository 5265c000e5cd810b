import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import { type ConnectionArguments, type ConnectionSource, readFirst } from './connection.ts'
import { decodeCursor, encodeCursor, type ListIdentity, type ListPosition } from './cursor.ts'

/** A list that Sentry serves in pages. */
export interface PagedList<Record, Source> {
  identity: ListIdentity
  /** Asks Sentry for one page. */
  page: (options: PageOptions) => Promise<Page<Record>>
  /** Is told what a page held, for whoever asks for its records by key. */
  remember?: (records: readonly Record[]) => void
  node: (record: Record) => Source
}

interface Part<Source> extends Pick<ConnectionSource<Source>, 'nodes' | 'cursorAt'> {
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
  const { nodes, cursorAt, rest, page } = await fillUp(list, part, wanted)
  return {
    nodes,
    cursorAt,
    endCursor: () => (nodes.length > 0 ? cursorAt(nodes.length - 1) : rest && encodeCursor(rest, list.identity)),
    hasNextPage: rest !== null,
    hasPreviousPage: !isStart,
    totalCount: page.hits ?? (isStart && rest === null ? nodes.length : null),
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
  list.remember?.(page.items)
  const end = Math.min(from.index + wanted, page.items.length)
  return {
    nodes: page.items.slice(from.index, end).map((record) => list.node(record)),
    cursorAt: (index) => encodeCursor(positionAfter(page, from, from.index + index), list.identity),
    rest: end < page.items.length ? { ...from, index: end } : nextPage(page, from),
    page,
  }
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
  const { length } = part.nodes
  if (length === wanted || part.rest === null) return part
  const more = await readPart(list, part.rest, wanted - length)
  return {
    ...more,
    nodes: [...part.nodes, ...more.nodes],
    cursorAt: (index) => (index < length ? part.cursorAt(index) : more.cursorAt(index - length)),
  }
}
