import { useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient, type UseQueryResponse } from 'urql'
import { type Failure, findFailure } from '../failure/failure.ts'
import type { Countable } from './count.ts'

interface ConnectionPage<Item> extends Countable {
  nodes: Item[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

interface LaterPages<Item> {
  /** The variables these pages continue; others start over. */
  key: string
  pages: ConnectionPage<Item>[]
  fetching: boolean
  failure: Failure | null
}

export interface Connected<Item> {
  items: Item[]
  /** The last page loaded: says whether there is more, and the total if Sentry counts. */
  last: ConnectionPage<Item>
  more: { load: () => void; fetching: boolean; failure: Failure | null } | null
}

/**
 * The items of a connection, page after page: the first page comes from the page's own query, later ones when the
 * person asks. Null while the first page is missing.
 */
export function useMorePages<
  Data,
  Variables extends AnyVariables & { after?: string | null | undefined },
  Item extends { id: string },
>(
  [{ data }]: UseQueryResponse<Data, Variables>,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  select: (data: Data) => ConnectionPage<Item> | null | undefined,
): Connected<Item> | null {
  const client = useClient()
  const key = JSON.stringify(variables)
  const [stored, setLater] = useState<LaterPages<Item>>({ key, pages: [], fetching: false, failure: null })
  const later = stored.key === key ? stored : { key, pages: [], fetching: false, failure: null }
  const first = data === undefined ? null : select(data)
  if (!first) return null

  const last = later.pages.at(-1) ?? first
  const load = async () => {
    setLater({ ...later, fetching: true, failure: null })
    const answer = await client.query(document, { ...variables, after: last.pageInfo.endCursor })
    const page = answer.data === undefined ? null : select(answer.data)
    const outcome = page ? { pages: [...later.pages, page] } : { failure: findFailure(answer.error) }
    setLater((now) => (now.key === key ? { ...now, ...outcome, fetching: false } : now))
  }
  return {
    items: withoutRepeats([first, ...later.pages].flatMap((page) => page.nodes)),
    last,
    more: last.pageInfo.hasNextPage
      ? { load: () => void load(), fetching: later.fetching, failure: later.failure }
      : null,
  }
}

/** Sentry's pages shift when something is created meanwhile; an item seen on two pages is shown once. */
function withoutRepeats<Item extends { id: string }>(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
