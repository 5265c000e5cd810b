import { GraphError } from './graph-error.ts'
import { hashOf, type ListIdentity } from './cursor.ts'

const VERSION = 1
const LONGEST = 20_000
const LONGEST_PART = 300

/** What a merged list is ordered by; null comes last. */
export type SortKey = number | string | null

/** The last item that a source has given. */
export interface Anchor {
  id: string
  key: SortKey
  /** How many items of the same key stand right before it in its page. */
  ties: number
}

/** How far a source has got. One without an entry stands at its start and has nothing that belongs before `worst`. */
export type SourceProgress =
  | { kind: 'ended'; total: number | null; isCapped: boolean }
  | {
      kind: 'under way'
      upstream: string | null
      anchor: Anchor | null
      /** Whether it failed, so that it may still hold what belongs before `worst`. */
      isLate: boolean
    }

/** A place in a list that is merged from several sources. */
export interface MergedPosition {
  /** The page size of every source, what it was when the walk began. */
  perPage: number
  /** The key of the worst item given so far; undefined before the first. */
  worst: SortKey | undefined
  sources: ReadonlyMap<string, SourceProgress>
}

type Entry = readonly unknown[]

/** Opaque, and as short as can be: sources without progress take no place. */
export function encodeMergedPosition({ perPage, worst, sources }: MergedPosition, list: ListIdentity): string {
  const entries = [...sources].map(([id, progress]) => [id, ...entryOf(progress)])
  const parts = [VERSION, hashOf(list), perPage, worst === undefined ? [] : [worst], entries]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function entryOf(progress: SourceProgress): Entry {
  if (progress.kind === 'ended') return [progress.isCapped ? [progress.total] : progress.total]
  const { upstream, anchor, isLate } = progress
  return [upstream, isLate ? 1 : 0, ...(anchor ? [anchor.id, anchor.key, anchor.ties] : [])]
}

/** @throws GraphError `BAD_USER_INPUT` for anything that `encodeMergedPosition` did not make for this list. */
export function decodeMergedPosition(text: string, list: ListIdentity): MergedPosition {
  const position = readPosition(text)
  // Encoding it again compares the list's hash and allows one spelling only.
  if (position === null || encodeMergedPosition(position, list) !== text) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'The cursor does not belong to this list. Pass on `endCursor` of the same field and arguments.',
    )
  }
  return position
}

function readPosition(text: string): MergedPosition | null {
  const [version, , perPage, worst, entries] = readTuple(text)
  if (version !== VERSION || !isCount(perPage, 100) || perPage === 0) return null
  if (!Array.isArray(worst) || worst.length > 1 || !worst.every(isKey)) return null
  const sources = Array.isArray(entries) ? entries.map(readEntry) : [null]
  if (!sources.every((source) => source !== null)) return null
  return { perPage, worst: worst[0], sources: new Map(sources) }
}

function readTuple(text: string): unknown[] {
  if (text.length > LONGEST) return []
  try {
    const decoded: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(decoded) ? decoded : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function readEntry(entry: unknown): [string, SourceProgress] | null {
  if (!Array.isArray(entry)) return null
  const [id, first, ...rest]: unknown[] = entry
  if (!isText(id)) return null
  if (entry.length === 2) return readEnded(id, first)
  const [isLate, ...last] = rest
  const anchor = last.length === 0 ? null : readAnchor(last)
  if (!(first === null || isText(first)) || (isLate !== 0 && isLate !== 1) || anchor === undefined) return null
  return [id, { kind: 'under way', upstream: first, anchor, isLate: isLate === 1 }]
}

function readEnded(id: string, written: unknown): [string, SourceProgress] | null {
  const isCapped = Array.isArray(written)
  const total: unknown = isCapped ? written[0] : written
  return total === null || isCount(total) ? [id, { kind: 'ended', total, isCapped }] : null
}

function readAnchor([id, key, ties]: unknown[]): Anchor | undefined {
  return isText(id) && isKey(key) && isCount(ties) ? { id, key, ties } : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PART
}

function isKey(value: unknown): value is SortKey {
  return value === null || isText(value) || (typeof value === 'number' && Number.isFinite(value))
}

function isCount(value: unknown, most = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}
