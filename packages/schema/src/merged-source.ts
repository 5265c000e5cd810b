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

interface ReaderOptions<Item> {
  perPage: number
  worst: SortKey | undefined
  order: ItemOrder<Item>
}

/**
 * What comes before `worst` is passed over where a source goes on: it arrived later, or it would have been given. Only a
 * source that was out of reach, and is late, gives all it has.
 */
export function createSourceReader<Item>(
  source: MergedSource<Item>,
  begun: SourceProgress | undefined,
  options: ReaderOptions<Item>,
): SourceReader<Item> {
  return new PageReader(source, begun ?? start, options)
}

/** A class, and no object literal with getters: see docs/decisions/0025-no-getters-in-object-literals.md. */
class PageReader<Item> implements SourceReader<Item> {
  readonly source: MergedSource<Item>
  readonly #options: ReaderOptions<Item>
  #progress: SourceProgress
  #page: Page<Item> | null = null
  #index = 0

  constructor(source: MergedSource<Item>, begun: SourceProgress, options: ReaderOptions<Item>) {
    this.source = source
    this.#progress = begun
    this.#options = options
  }

  get progress(): SourceProgress {
    return this.#progress
  }

  get head(): Item | undefined {
    return this.#page?.items[this.#index]
  }

  get needsMore(): boolean {
    return this.#progress.kind === 'under way' && this.#isEmpty()
  }

  get total(): number | null {
    if (this.#progress.kind === 'ended') return this.#progress.total
    return this.#page && totalOf(this.#page, this.#progress.upstream)
  }

  get totalIsCapped(): boolean {
    if (this.#progress.kind === 'ended') return this.#progress.isCapped
    return this.#page !== null && isCapped(this.#page)
  }

  async readMore(): Promise<void> {
    if (this.#progress.kind === 'ended') return
    const { perPage, worst, order } = this.#options
    const { upstream, anchor, isLate } = this.#progress
    const page = await this.source.page({ cursor: upstream, perPage })
    const passed = anchor ? passAnchor(page.items, anchor, order) : { index: 0, ties: 0 }
    const arrived = worst === undefined || isLate ? 0 : countBefore(page.items.slice(passed.index), worst, order)
    this.#page = page
    this.#index = passed.index + arrived
    if (this.#isEmpty()) this.#leave(page, { ...this.#progress, anchor: anchor && { ...anchor, ties: passed.ties } })
  }

  take(): Item {
    const [page, progress, item] = [this.#page, this.#progress, this.head]
    if (page === null || item === undefined || progress.kind === 'ended') throw new Error('Nothing has been read.')
    const { worst, order } = this.#options
    const { idOf, keyOf, compare } = order
    const key = keyOf(item)
    const ties = page.items.slice(0, this.#index).toReversed()
    const others = ties.findIndex((other) => compare(keyOf(other), key) !== 0)
    const anchor = { id: idOf(item), key, ties: others === -1 ? ties.length : others }
    const isLate = progress.isLate && worst !== undefined && compare(key, worst) < 0
    this.#index += 1
    if (this.#isEmpty()) this.#leave(page, { ...progress, anchor: { ...anchor, ties: 0 }, isLate })
    else this.#progress = { ...progress, anchor, isLate }
    return item
  }

  #isEmpty(): boolean {
    return this.#page === null || this.#index >= this.#page.items.length
  }

  #leave(page: Page<Item>, reached: UnderWay): void {
    this.#progress =
      page.next === null
        ? { kind: 'ended', total: totalOf(page, reached.upstream), isCapped: isCapped(page) }
        : { ...reached, upstream: page.next }
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
