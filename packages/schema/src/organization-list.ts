import type { ArgBuilder } from '@pothos/core'
import type { OrganizationAddress, Page, PageOptions, SentryClient } from '@sentry-graph/sentry-api'
import type { GraphTypes } from './builder.ts'
import { type ConnectionArguments, connectionArguments, type ConnectionSource } from './connection.ts'
import { type GraphContext, requireSignedIn } from './context.ts'
import type { Loaders } from './loaders.ts'
import { addressOf, type OrganizationSource } from './node-source.ts'
import { connectPages } from './page-connection.ts'
import { readSearchText } from './search-text.ts'

type SearchableListArguments = ConnectionArguments & { query?: string | null | undefined }

/** The arguments of a list that can be searched. */
export function searchableListArguments(arg: ArgBuilder<GraphTypes>, queryDescription: string) {
  return { query: arg.string({ description: queryDescription }), ...connectionArguments(arg) }
}

/** A list that belongs to an organization. */
export interface OrganizationList<Record, Source> {
  /** Names the list in its cursors, such as `Organization.projects`. */
  field: string
  list: (
    sentry: SentryClient,
    organization: OrganizationAddress,
    options: PageOptions & { query: string | null },
  ) => Promise<Page<Record>>
  /** Keeps the records of a page for whoever asks for them by key. */
  remember: (loaders: Loaders, organization: OrganizationSource, records: readonly Record[]) => void
  node: (organization: OrganizationSource, record: Record) => Source
}

/** Answers a connection field of `Organization`. */
export async function connectOrganizationList<Record, Source>(
  { field, list, remember, node }: OrganizationList<Record, Source>,
  organization: OrganizationSource,
  { query: text, ...args }: SearchableListArguments,
  context: GraphContext,
): Promise<ConnectionSource<Source>> {
  const { sentry, loaders } = requireSignedIn(context)
  const query = readSearchText(text)
  return await connectPages(args, {
    identity: [field, organization.sentryId, query],
    page: (options) => list(sentry, addressOf(organization), { ...options, query }),
    remember: (records) => remember(loaders, organization, records),
    node: (record) => node(organization, record),
  })
}
