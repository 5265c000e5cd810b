import { ObjectRef } from '@pothos/core'
import { type Page, type PageOptions, SentryApiError } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from './builder.ts'
import {
  addConnectionType,
  type ConnectionArguments,
  type ConnectionSource,
  type EdgeRef,
  readFirst,
} from './connection.ts'
import type { SignedInContext } from './context.ts'
import type { ListIdentity } from './cursor.ts'
import { type MergedItem, type MergedPage, mergePage } from './merged-page.ts'
import { decodeMergedPosition, encodeMergedPosition, type MergedPosition, type SortKey } from './merged-position.ts'
import type { ItemOrder, MergedSource } from './merged-source.ts'
import type { OrganizationSource } from './node-source.ts'
import { type OrganizationFailure, OrganizationFailureRef } from './types/organization-failure.ts'
import { listViewerOrganizations } from './viewer-organizations.ts'

/** A part of a list that is merged from all organizations of the viewer. */
export interface MergedConnectionSource<Source> extends ConnectionSource<Source> {
  failures: OrganizationFailure[]
}

export type MergedConnectionRef<Source> = ObjectRef<GraphTypes, MergedConnectionSource<Source>>

/** A list that every organization has, and that has one order in all of them. */
export interface MergedList<Record, Source> {
  identity: ListIdentity
  /** Whether an organization has a part in it; one that has none is not asked. */
  includes: (organization: OrganizationSource) => boolean
  page: (organization: OrganizationSource, options: PageOptions) => Promise<Page<Record>>
  /** Is told what a page held, for whoever asks for its records by key. */
  remember?: (organization: OrganizationSource, records: readonly Record[]) => void
  order: ItemOrder<Record>
  node: (organization: OrganizationSource, record: Record) => Source
}

/** The reference of a merged connection type, for fields to name before `addMergedConnection` has filled it. */
export function mergedConnectionRef<Source>(nodeName: string): MergedConnectionRef<Source> {
  return new ObjectRef(`Viewer${nodeName}Connection`)
}

/** Adds `ViewerXConnection` for a node type that has a connection. */
export function addMergedConnection(
  builder: GraphBuilder,
  connection: MergedConnectionRef<object>,
  { node, edge }: { node: ObjectRef<GraphTypes, object>; edge: EdgeRef },
): void {
  addConnectionType(builder, connection, { node, edge })
  builder.objectField(connection, 'failures', (t) =>
    t.field({
      type: [OrganizationFailureRef],
      nullable: false,
      description:
        'The organizations that could not be asked for this part. The next part asks them again from where they were: what they have comes late then, but whole. No Sentry call of its own.',
      resolve: ({ failures }) => failures,
    }),
  )
}

/** The order of numbers and instants, largest first; what has none comes last. */
export function largestFirst(one: SortKey, other: SortKey): number {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? 1 : -1
  return one > other ? -1 : 1
}

/** The order of texts. */
export function alphabetical(one: SortKey, other: SortKey): number {
  return -largestFirst(one, other)
}

/**
 * Answers `first` and `after` from one list per organization, merged into one order. A first page costs one call per
 * organization, at most four at a time, beside the list of organizations.
 * @throws GraphError `BAD_USER_INPUT`, before any call, for a bad `first` or a cursor of another list; the error of
 * an organization where all of them fail.
 */
export async function connectOrganizations<Record, Source>(
  { first, after }: ConnectionArguments,
  list: MergedList<Record, Source>,
  context: SignedInContext,
): Promise<MergedConnectionSource<Source>> {
  const wanted = readFirst(first)
  const isStart = typeof after !== 'string'
  const start: MergedPosition = isStart
    ? { perPage: wanted, worst: undefined, sources: new Map() }
    : decodeMergedPosition(after, list.identity)
  const organizations = (await listViewerOrganizations(context)).filter(list.includes)
  const byId = new Map(organizations.map((organization) => [organization.sentryId, organization]))
  const sources = organizations.map((organization) => ({
    id: organization.sentryId,
    page: async (options: PageOptions) => {
      const page = await list.page(organization, options)
      list.remember?.(organization, page.items)
      return page
    },
  }))
  const page = await mergePage(sources, start, { first: wanted, order: list.order, isFailure })
  if (page.failures.length > 0 && page.failures.length === sources.length) throw page.failures[0]?.error
  return { ...describePage(page, list, byId), hasPreviousPage: !isStart }
}

// Of an ended sign-in and of a mistake in the program nothing is left to serve.
function isFailure(error: unknown): boolean {
  return error instanceof SentryApiError && error.code !== 'unauthenticated'
}

function describePage<Record, Source>(
  page: MergedPage<Record>,
  list: MergedList<Record, Source>,
  organizations: ReadonlyMap<string, OrganizationSource>,
): Omit<MergedConnectionSource<Source>, 'hasPreviousPage'> {
  const organizationOf = ({ id }: MergedSource<Record>) => {
    const organization = organizations.get(id)
    if (!organization) throw new Error('A part of the list belongs to no organization that was asked.')
    return organization
  }
  const positionOf = (merged: MergedItem<Record> | undefined) => {
    if (!merged) throw new Error('The part of the list has no such item.')
    return merged.position
  }
  const { items, failures, position, hasMore, total, totalIsCapped } = page
  return {
    nodes: items.map(({ item, source }) => list.node(organizationOf(source), item)),
    cursorAt: (index) => encodeMergedPosition(positionOf(items[index]), list.identity),
    endCursor: () => (items.length > 0 || hasMore ? encodeMergedPosition(position, list.identity) : null),
    hasNextPage: hasMore,
    totalCount: total,
    totalCountIsCapped: total !== null && totalIsCapped,
    failures: failures.map(({ source, error }) => ({ organization: organizationOf(source), error })),
  }
}
