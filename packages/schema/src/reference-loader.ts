import type { OrganizationAddress, Page, PageOptions } from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { GraphError } from './graph-error.ts'
import { addressOf, type OrganizationSource } from './node-source.ts'

const LARGEST_PAGE = 100

/** A record asked for by id inside an organization. */
export interface Reference {
  organization: OrganizationSource
  id: string
}

export type ReferenceLoader<Record> = DataLoader<Reference, Record, string>

interface ReferenceLoaderOptions<Record> {
  list: (organization: OrganizationAddress, options: PageOptions & { query: string }) => Promise<Page<Record>>
  /** The search term by which Sentry's list finds a record, such as `id`. */
  term: string
  idOf: (record: Record) => string | undefined
}

/**
 * Loads records by id with one list call per organization and hundred ids (`query=id:1 id:2`). Pages of the same
 * operation prime it. A record the list does not hold is `NOT_FOUND`; a failing organization fails its own records only.
 */
export function createReferenceLoader<Record>(options: ReferenceLoaderOptions<Record>): ReferenceLoader<Record> {
  return new DataLoader((references) => loadReferences(references, options), { cacheKeyFn: referenceKey })
}

export function referenceKey({ organization, id }: Reference): string {
  return `${organization.sentryId}:${id}`
}

async function loadReferences<Record>(
  references: readonly Reference[],
  options: ReferenceLoaderOptions<Record>,
): Promise<(Record | Error)[]> {
  const found = new Map<string, Record | Error>()
  const byOrganization = Map.groupBy(references, ({ organization }) => organization.sentryId)
  await Promise.all(
    [...byOrganization.values()].flatMap(inChunks).map(async (chunk) => {
      for (const [key, result] of await loadChunk(chunk, options)) found.set(key, result)
    }),
  )
  return references.map((reference) => found.get(referenceKey(reference)) ?? notFound())
}

async function loadChunk<Record>(
  chunk: readonly Reference[],
  { list, term, idOf }: ReferenceLoaderOptions<Record>,
): Promise<[key: string, Record | Error][]> {
  const [first] = chunk
  if (!first) return []
  const { organization } = first
  try {
    const query = chunk.map(({ id }) => `${term}:${id}`).join(' ')
    const { items } = await list(addressOf(organization), { query, perPage: LARGEST_PAGE })
    return items.map((record) => [referenceKey({ organization, id: idOf(record) ?? '' }), record])
  } catch (error) {
    const failure = error instanceof Error ? error : new Error('Loading failed.', { cause: error })
    return chunk.map((reference) => [referenceKey(reference), failure])
  }
}

function inChunks(references: readonly Reference[]): Reference[][] {
  return Array.from({ length: Math.ceil(references.length / LARGEST_PAGE) }, (_, index) =>
    references.slice(index * LARGEST_PAGE, (index + 1) * LARGEST_PAGE),
  )
}

export function notFound(): GraphError {
  return new GraphError('NOT_FOUND', 'It does not exist, or you may not see it.')
}
