import type { MergedPosition, SortKey } from './merged-position.ts'
import { createSourceReader, type ItemOrder, type MergedSource, type SourceReader } from './merged-source.ts'

/** How many sources are asked at a time. */
const MOST_AT_A_TIME = 4
/** Pages of one source for one page of the merged list; a source that is still silent then ends the page early. */
const MOST_PAGES = 3

export interface MergedItem<Item> {
  item: Item
  source: MergedSource<Item>
  /** Where to go on after it. */
  position: MergedPosition
}

export interface SourceFailure<Item> {
  source: MergedSource<Item>
  error: unknown
}

export interface MergedPage<Item> {
  items: MergedItem<Item>[]
  /** Where to go on after all of them. */
  position: MergedPosition
  hasMore: boolean
  failures: SourceFailure<Item>[]
  /** The sum of all sources; null unless each is known. */
  total: number | null
  totalIsCapped: boolean
}

interface MergeOptions<Item> {
  first: number
  order: ItemOrder<Item>
  /** Errors that make a failure of the source they come from; others are thrown. */
  isFailure: (error: unknown) => boolean
}

/**
 * The next items of several sorted lists in one order: of equals, those of the source that comes first. A source that fails
 * is left where it is, to go on from there on the next page: late, then, but with all of its items and none of them twice.
 */
export async function mergePage<Item>(
  sources: readonly MergedSource<Item>[],
  position: MergedPosition,
  { first, order, isFailure }: MergeOptions<Item>,
): Promise<MergedPage<Item>> {
  const readers = sources.map((source) =>
    createSourceReader(source, position.sources.get(source.id), { ...position, order }),
  )
  const items: MergedItem<Item>[] = []
  const failures = new Map<SourceReader<Item>, unknown>()
  const reads = new Map<SourceReader<Item>, number>()
  let place = position

  while (items.length < first) {
    const silent = readers.filter((reader) => reader.needsMore && !failures.has(reader))
    if (silent.length > 0) {
      if (silent.some((reader) => reads.get(reader) === MOST_PAGES)) break
      for (const reader of silent) reads.set(reader, (reads.get(reader) ?? 0) + 1)
      await inParallel(silent, async (reader) => await readOrNote(reader, failures, isFailure))
      place = markLate(place, failures.keys())
      continue
    }
    const next = pickNext(readers, failures, order)
    if (!next) break
    const item = next.take()
    place = advance(place, next, order.keyOf(item), order)
    items.push({ item, source: next.source, position: place })
  }
  return { items, ...describeEnd(readers, place, failures) }
}

async function readOrNote<Item>(
  reader: SourceReader<Item>,
  failures: Map<SourceReader<Item>, unknown>,
  isFailure: (error: unknown) => boolean,
): Promise<void> {
  try {
    await reader.readMore()
  } catch (error) {
    if (!isFailure(error)) throw error
    failures.set(reader, error)
  }
}

function pickNext<Item>(
  readers: readonly SourceReader<Item>[],
  failures: ReadonlyMap<SourceReader<Item>, unknown>,
  { keyOf, compare }: ItemOrder<Item>,
): SourceReader<Item> | undefined {
  let best: SourceReader<Item> | undefined
  for (const reader of readers) {
    if (reader.head === undefined || failures.has(reader)) continue
    if (best?.head === undefined || compare(keyOf(reader.head), keyOf(best.head)) < 0) best = reader
  }
  return best
}

function advance<Item>(
  { perPage, worst, sources }: MergedPosition,
  { source, progress }: SourceReader<Item>,
  key: SortKey,
  { compare }: ItemOrder<Item>,
): MergedPosition {
  return {
    perPage,
    worst: worst === undefined || compare(worst, key) < 0 ? key : worst,
    sources: new Map(sources).set(source.id, progress),
  }
}

/** What fails has no part in the order of what the others give meanwhile: it goes on from where it is, late. */
function markLate<Item>(place: MergedPosition, failed: Iterable<SourceReader<Item>>): MergedPosition {
  const sources = new Map(place.sources)
  for (const { source, progress } of failed) {
    if (progress.kind === 'under way') sources.set(source.id, { ...progress, isLate: true })
  }
  return { ...place, sources }
}

function describeEnd<Item>(
  readers: readonly SourceReader<Item>[],
  place: MergedPosition,
  failed: ReadonlyMap<SourceReader<Item>, unknown>,
): Omit<MergedPage<Item>, 'items'> {
  const sources = new Map(place.sources)
  for (const reader of readers) {
    const { source, progress } = reader
    const isUntouched = progress.kind === 'under way' && progress.upstream === null && progress.anchor === null
    if (!isUntouched && !failed.has(reader)) sources.set(source.id, progress)
  }
  const totals = readers.map((reader) => (failed.has(reader) ? null : reader.total))
  return {
    position: { ...place, sources },
    hasMore: readers.some(({ progress }) => progress.kind === 'under way'),
    failures: [...failed].map(([{ source }, error]) => ({ source, error })),
    total: totals.every((total) => total !== null) ? totals.reduce((sum, total) => sum + total, 0) : null,
    totalIsCapped: readers.some(({ totalIsCapped }) => totalIsCapped),
  }
}

async function inParallel<Thing>(things: readonly Thing[], work: (thing: Thing) => Promise<void>): Promise<void> {
  const waiting = things.values()
  const worker = async () => {
    for (const thing of waiting) await work(thing)
  }
  await Promise.all(Array.from({ length: MOST_AT_A_TIME }, worker))
}
