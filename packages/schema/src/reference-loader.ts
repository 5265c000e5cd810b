import { LARGEST_PAGE, type OrganizationAddress, type Page, type PageOptions } from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { inChunks } from './chunks.ts'
import { GraphError } from './graph-error.ts'
import { addressOf, type OrganizationSource } from './node-source.ts'

/** A record asked for inside an organization, by its id or another text that names it there. */
export interface Reference {
  organization: OrganizationSource
  key: string
}

/** Loads each record of an operation once. */
export interface ReferenceLoader<Record> {
  load(reference: Reference): Promise<Record>
  /** Keeps what an answer held for whoever asks for it by key. */
  remember(organization: OrganizationSource, records: readonly Record[]): void
  /** Lets the next one who asks for it ask again. */
  forget(reference: Reference): void
}

interface ReferenceLoaderOptions<Record> {
  /** Asks for the records of at most hundred keys; the answer may lack some. */
  list: (organization: OrganizationAddress, keys: readonly string[]) => Promise<readonly Record[]>
  keyOf: (record: Record) => string | undefined
  /** Asks for a record that the list does not hold by that key. Without it such a record is `NOT_FOUND`. */
  findMissing?: (organization: OrganizationAddress, key: string) => Promise<Record>
}

/**
 * Loads records by key with one list call per organization and hundred keys. Pages of the same
 * operation are remembered. A record the list does not hold is `NOT_FOUND`; a failing organization fails its own records only.
 */
export function createReferenceLoader<Record>(options: ReferenceLoaderOptions<Record>): ReferenceLoader<Record> {
  return new RememberingLoader((references) => loadReferences(references, options), options.keyOf)
}

interface SingleLoaderOptions<Record> {
  /** Asks for one record. */
  find: (organization: OrganizationAddress, key: string) => Promise<Record>
  keyOf: (record: Record) => string | undefined
}

/** Loads records by key with a call for each: for what Sentry gives one at a time. */
export function createSingleLoader<Record>({ find, keyOf }: SingleLoaderOptions<Record>): ReferenceLoader<Record> {
  const findAll = (references: readonly Reference[]) =>
    Promise.all(references.map(({ organization, key }) => find(addressOf(organization), key).catch(toError)))
  return new RememberingLoader(findAll, keyOf)
}

interface RememberedPage<Record> {
  organization: OrganizationSource
  records: readonly Record[]
}

class RememberingLoader<Record> implements ReferenceLoader<Record> {
  readonly #loader: DataLoader<Reference, Record, string>
  readonly #keyOf: (record: Record) => string | undefined
  readonly #pages: RememberedPage<Record>[] = []

  constructor(
    loadAll: (references: readonly Reference[]) => Promise<(Record | Error)[]>,
    keyOf: (record: Record) => string | undefined,
  ) {
    this.#loader = new DataLoader(loadAll, { cacheKeyFn: referenceKey })
    this.#keyOf = keyOf
  }

  remember(organization: OrganizationSource, records: readonly Record[]): void {
    this.#pages.push({ organization, records })
  }

  forget(reference: Reference): void {
    this.#readPages()
    this.#loader.clear(reference)
  }

  load(reference: Reference): Promise<Record> {
    this.#readPages()
    return this.#loader.load(reference)
  }

  /** Not before somebody asks: most pages are asked for nothing by key. */
  #readPages(): void {
    for (const { organization, records } of this.#pages.splice(0)) {
      for (const record of records) this.#keep(organization, record)
    }
  }

  #keep(organization: OrganizationSource, record: Record): void {
    const key = this.#keyOf(record)
    if (key !== undefined) this.#loader.prime({ organization, key }, record)
  }
}

/** Asks a searchable list for records by one of its terms: `query=id:1 id:2`. */
export function byTerm<Record>(
  term: 'id' | 'slug' | 'user.id',
  list: (organization: OrganizationAddress, options: PageOptions & { query: string }) => Promise<Page<Record>>,
): ReferenceLoaderOptions<Record>['list'] {
  return async (organization, keys) => {
    const query = keys.map((key) => `${term}:${key}`).join(' ')
    return (await list(organization, { query, perPage: LARGEST_PAGE })).items
  }
}

export function referenceKey({ organization, key }: Reference): string {
  return `${organization.sentryId}:${key}`
}

async function loadReferences<Record>(
  references: readonly Reference[],
  options: ReferenceLoaderOptions<Record>,
): Promise<(Record | Error)[]> {
  const found = new Map<Reference, Record | Error>()
  const byOrganization = Map.groupBy(references, ({ organization }) => organization.sentryId)
  await Promise.all(
    [...byOrganization.values()]
      .flatMap((siblings) => inChunks(siblings, LARGEST_PAGE))
      .map(async (chunk) => {
        const records = await loadChunk(chunk, options)
        for (const [index, reference] of chunk.entries()) found.set(reference, records[index] ?? notFound())
      }),
  )
  return references.map((reference) => found.get(reference) ?? notFound())
}

async function loadChunk<Record>(
  chunk: readonly Reference[],
  options: ReferenceLoaderOptions<Record>,
): Promise<(Record | Error)[]> {
  try {
    const records = await listChunk(chunk, options)
    const settle = async ({ organization, key }: Reference) =>
      records.get(key) ?? (await findMissing(organization, key, options))
    return await Promise.all(chunk.map(settle))
  } catch (error) {
    return chunk.map(() => toError(error))
  }
}

async function listChunk<Record>(
  chunk: readonly Reference[],
  { list, keyOf }: ReferenceLoaderOptions<Record>,
): Promise<Map<string | undefined, Record>> {
  const [first] = chunk
  if (!first) return new Map()
  const records = await list(
    addressOf(first.organization),
    chunk.map(({ key }) => key),
  )
  return new Map(records.map((record) => [keyOf(record), record]))
}

async function findMissing<Record>(
  organization: OrganizationSource,
  key: string,
  options: ReferenceLoaderOptions<Record>,
): Promise<Record | Error> {
  if (!options.findMissing) return notFound()
  return await options.findMissing(addressOf(organization), key).catch(toError)
}

export function notFound(): GraphError {
  return new GraphError('NOT_FOUND', 'It does not exist, or you may not see it.')
}

/** What a loader answers for a key that could not be loaded. */
export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Loading failed.', { cause: error })
}
