import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import type { Anchor, SortKey, SourceProgress } from './merged-position.ts'

/** One of the lists that are merged. */
export interface MergedSource<Item> {
  /** Names it in cursors. */
  id: string
  page: (options: PageOptions) => Promise<Page<Item>>
}

export interface ItemOrder<Item> {
  idOf: (item: Item) => string
  keyOf: (item: Item) => SortKey
  /** Negative when `one` comes before `other`. */
  compare: (one: SortKey, other: SortKey) => number
}

/** Reads a source from where it was, and knows at every moment how to go on later. */
export interface SourceReader<Item> {
  readonly source: MergedSource<Item>
  readonly progress: SourceProgress
  /** The next item, once it has been read; undefined at the end, and where more has to be read. */
  readonly head: Item | undefined
  /** Whether it may have more than what was read of it. */
  readonly needsMore: boolean
  /** What its page says of the whole list; null when that is unknown. */
  readonly total: number | null
  readonly totalIsCapped: boolean
  /** Asks for one page. @throws whatever the source throws; its progress stays. */
  readMore(): Promise<void>
  take(): Item
}

type UnderWay = Extract<SourceProgress, { kind: 'under way' }>

const start: SourceProgress = { kind: 'under way', upstream: null, anchor: null, isLate: false }

/**
 * What comes before `worst` is passed over where a source goes on: it arrived later, or it would have been given. Only a
 * source that was out of reach, and is late, gives all it has.
 */
export function createSourceReader<Item>(
  source: MergedSource<Item>,
  begun: SourceProgress | undefined,
  { perPage, worst, order }: { perPage: number; worst: SortKey | undefined; order: ItemOrder<Item> },
): SourceReader<Item> {
  const { idOf, keyOf, compare } = order
  let progress = begun ?? start
  let page: Page<Item> | null = null
  let index = 0

  const isEmpty = () => page === null || index >= page.items.length

  return {
    source,
    get progress() {
      return progress
    },
    get head() {
      return page?.items[index]
    },
    get needsMore() {
      return progress.kind === 'under way' && isEmpty()
    },
    get total() {
      return progress.kind === 'ended' ? progress.total : page && totalOf(page, progress.upstream)
    },
    get totalIsCapped() {
      return progress.kind === 'ended' ? progress.isCapped : page !== null && isCapped(page)
    },
    async readMore() {
      if (progress.kind === 'ended') return
      const { upstream, anchor, isLate } = progress
      page = await source.page({ cursor: upstream, perPage })
      const passed = anchor ? passAnchor(page.items, anchor, order) : { index: 0, ties: 0 }
      const arrived = worst === undefined || isLate ? 0 : countBefore(page.items.slice(passed.index), worst, order)
      index = passed.index + arrived
      if (isEmpty()) leave(page, { ...progress, anchor: anchor && { ...anchor, ties: passed.ties } })
    },
    take() {
      const item = page?.items[index]
      if (page === null || item === undefined || progress.kind === 'ended') throw new Error('Nothing has been read.')
      const key = keyOf(item)
      const ties = page.items.slice(0, index).toReversed()
      const others = ties.findIndex((other) => compare(keyOf(other), key) !== 0)
      const anchor = { id: idOf(item), key, ties: others === -1 ? ties.length : others }
      const isLate = progress.isLate && worst !== undefined && compare(key, worst) < 0
      index += 1
      if (isEmpty()) leave(page, { ...progress, anchor: { ...anchor, ties: 0 }, isLate })
      else progress = { ...progress, anchor, isLate }
      return item
    },
  }

  function leave(read: Page<Item>, reached: UnderWay) {
    progress =
      read.next === null
        ? { kind: 'ended', total: totalOf(read, reached.upstream), isCapped: isCapped(read) }
        : { ...reached, upstream: read.next }
  }
}

function totalOf({ hits, items, next }: Page<unknown>, upstream: string | null): number | null {
  return hits ?? (upstream === null && next === null ? items.length : null)
}

function isCapped({ hits, maxHits }: Page<unknown>): boolean {
  return hits !== null && maxHits !== null && hits >= maxHits
}

/**
 * Where a page goes on after the last item that was given. Items that arrived meanwhile may have pushed it down, even off
 * the page; or it is gone. Then what comes before it is passed over, and as many equals as came before it.
 */
function passAnchor<Item>(
  items: readonly Item[],
  { id, key, ties }: Anchor,
  order: ItemOrder<Item>,
): { index: number; ties: number } {
  const found = items.findIndex((item) => order.idOf(item) === id)
  if (found !== -1) return { index: found + 1, ties: 0 }
  const before = countBefore(items, key, order)
  let index = before
  for (const item of items.slice(before, before + ties)) {
    if (order.compare(order.keyOf(item), key) !== 0) break
    index += 1
  }
  return { index, ties: ties - (index - before) }
}

function countBefore<Item>(items: readonly Item[], key: SortKey, { keyOf, compare }: ItemOrder<Item>): number {
  const first = items.findIndex((item) => compare(keyOf(item), key) >= 0)
  return first === -1 ? items.length : first
}
