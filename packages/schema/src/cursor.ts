import { createHash } from 'node:crypto'
import { GraphError } from './graph-error.ts'

const VERSION = 1
const LONGEST = 1000
// A server may ignore the page size that it was asked for.
const LARGEST_INDEX = 10_000

/** A place in a list: before item `index` of the page that Sentry answers to `upstream` with `perPage` items. */
export interface ListPosition {
  /** Sentry's own cursor; null for its first page. */
  upstream: string | null
  index: number
  perPage: number
}

/** Names the list a cursor belongs to: the field, its organization and the arguments that choose the items. */
export type ListIdentity = readonly (string | null)[]

export function encodeCursor({ upstream, index, perPage }: ListPosition, list: ListIdentity): string {
  return Buffer.from(JSON.stringify([VERSION, upstream, index, perPage, hashOf(list)])).toString('base64url')
}

/** @throws GraphError `BAD_USER_INPUT` for anything that `encodeCursor` did not make for this list. */
export function decodeCursor(text: string, list: ListIdentity): ListPosition {
  const position = readPosition(text)
  // Encoding it again compares the list's hash and allows one spelling only.
  if (position === null || encodeCursor(position, list) !== text) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'The cursor does not belong to this list. Pass on `endCursor` of the same field and arguments.',
    )
  }
  return position
}

function readPosition(text: string): ListPosition | null {
  const [version, upstream, index, perPage] = readTuple(text)
  const isKnown = version === VERSION && (upstream === null || typeof upstream === 'string')
  return isKnown && isCount(perPage, 1, 100) && isCount(index, 0, LARGEST_INDEX) ? { upstream, index, perPage } : null
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

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

/** Tells lists apart in their cursors. */
export function hashOf(list: ListIdentity): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 10)
}
