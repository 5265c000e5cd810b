import type { z } from 'zod'
import { JsonAnswer, readList } from './json-answer.ts'
import { readLinkHeader } from './link-header.ts'
import type { QueryParameters } from './request-path.ts'
import type { SentryClient, SentryRequest, SentryResponse } from './sentry-client.ts'

/** One answer of a list endpoint, with the opaque cursors of its neighbours. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
  readonly previous: string | null
  /** `X-Hits`: how many there are in all, up to `maxHits`. Null where Sentry does not count. */
  readonly hits: number | null
  readonly maxHits: number | null
}

/** The most items of one page; Sentry refuses to be asked for more. */
export const LARGEST_PAGE = 100

/** What every list endpoint takes. */
export interface PageOptions {
  cursor?: string | null
  perPage?: number
}

/** Asks for one page of a list endpoint and reads each item by its shape. The issue lists call the page size `limit`. */
export async function getPage<T>(
  client: SentryClient,
  request: SentryRequest,
  options: PageOptions,
  itemShape: z.ZodType<T>,
  sizeParameter: 'per_page' | 'limit' = 'per_page',
): Promise<Page<T>> {
  const query: QueryParameters = { ...request.query, [sizeParameter]: options.perPage, cursor: options.cursor }
  const response = await client.get({ ...request, query })
  return readPage(response, request.endpoint, itemShape)
}

/** The page that an answer holds. @throws SentryApiError `invalid_response` for items of another shape. */
export function readPage<T>(response: SentryResponse, endpoint: string, itemShape: z.ZodType<T>): Page<T> {
  const make = () => makePage(response, endpoint, itemShape)
  return response instanceof JsonAnswer ? response.once(pageKeyOf(itemShape), make) : make()
}

const pageKeys = new WeakMap<z.ZodType, object>()

function pageKeyOf(itemShape: z.ZodType): object {
  const known = pageKeys.get(itemShape)
  if (known) return known
  const key = {}
  pageKeys.set(itemShape, key)
  return key
}

function makePage<T>(response: SentryResponse, endpoint: string, itemShape: z.ZodType<T>): Page<T> {
  const { next, previous } = readLinkHeader(response.header('link'))
  return {
    items: readList(itemShape, response, endpoint),
    next,
    previous,
    hits: readCount(response.header('x-hits')),
    maxHits: readCount(response.header('x-max-hits')),
  }
}

function readCount(value: string | null): number | null {
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null
}
