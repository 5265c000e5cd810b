import { useState } from 'react'
import {
  type AnyVariables,
  type CombinedError,
  type RequestPolicy,
  stringifyVariables,
  type TypedDocumentNode,
  useClient,
} from 'urql'
import { type Failure, findFailure, unexplainedFailure } from '../failure/failure.ts'
import type { Answer } from './answer.ts'
import type { Countable } from './count.ts'

interface ConnectionPage<Item> extends Countable {
  nodes: Item[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** One page as it was answered: what is missing in it is explained by its own error. */
interface AnsweredPage<Item> {
  after: string | null
  connection: ConnectionPage<Item> | null
  error: CombinedError | undefined
}

interface FoundPage<Item> extends AnsweredPage<Item> {
  connection: ConnectionPage<Item>
}

/** What was asked for beyond the page's own query. */
interface Asked<Item> {
  /** The variables these pages belong to; others start over. */
  key: string
  /** The first page, when it was asked for again. */
  first: AnsweredPage<Item> | null
  later: FoundPage<Item>[]
  /** Number of the page on its way. */
  pending: number | null
  /** Why the page after the last is missing. */
  failure: Failure | null
}

/** The items of a connection, page after page, in one of three states. */
export type Listing<Item> = { state: 'waiting' } | FailedListing | ListedItems<Item>

interface FailedListing {
  state: 'failed'
  failure: Failure
  askAgain: () => void
}

export interface ListedItems<Item> {
  state: 'listed'
  /** Differs when another question is answered. */
  key: string
  items: Item[]
  /** The last page loaded: says whether there is more, and the total if Sentry counts. */
  last: Countable
  /** Newer answers are on their way. */
  busy: boolean
  more: { load: () => void; fetching: boolean; failure: Failure | null } | null
  /** Why a field of the item with this id is missing or incomplete. */
  failureOf: (id: string, field: string) => Failure | null
  /** Asks again for the page that an item came with. */
  askAgainFor: (id: string) => void
}

interface Continuation<Data, Variables, Item> {
  /** Asks for any page of this connection alone. */
  document: TypedDocumentNode<Data, Variables>
  variables: Variables
  /** Where the connection is in an answer. */
  path: readonly string[]
  select: (data: Data) => ConnectionPage<Item> | null | undefined
}

/**
 * The items of a connection. The first page comes with the page's own query; the pages after it, and any page that
 * failed, are asked for by themselves when the person wants them.
 */
export function useListing<Data, Variables extends AnyVariables, Item extends { id: string }>(
  answer: Answer<Data>,
  { document, variables, path, select }: Continuation<Data, Variables, Item>,
): Listing<Item> {
  const client = useClient()
  const key = stringifyVariables(variables)
  const [stored, setAsked] = useState<Asked<Item>>(() => nothingAsked(key))
  const asked = stored.key === key ? stored : nothingAsked<Item>(key)
  const update = (change: (now: Asked<Item>) => Asked<Item>) => setAsked((now) => (now.key === key ? change(now) : now))

  const first = asked.first ?? readFirstPage(answer, select)
  const pages = isFound(first) ? [first, ...asked.later] : []

  const askFor = async (number: number, after: string | null, requestPolicy: RequestPolicy) => {
    setAsked({ ...asked, pending: number, failure: null })
    const { data, error } = await client.query(document, { ...variables, after }, { requestPolicy })
    const found = data === undefined ? null : select(data)
    // What is on screen stays there when asking for it again fails.
    const page = { after, connection: found ?? pages[number]?.connection ?? null, error }
    update((now) => ({ ...withPage(now, number, page, path), pending: null }))
  }

  if (!isFound(first)) {
    if (asked.pending === 0 || (!asked.first && answer.fetching)) return { state: 'waiting' }
    return { state: 'failed', failure: reasonFor(first, path), askAgain: () => void askFor(0, null, 'network-only') }
  }

  const last = (asked.later.at(-1) ?? first).connection
  const placeOf = (id: string) => {
    const number = pages.findLastIndex(({ connection }) => connection.nodes.some((node) => node.id === id))
    const page = pages[number] ?? first
    return { number, page, index: page.connection.nodes.findIndex((node) => node.id === id) }
  }
  return {
    state: 'listed',
    key,
    items: withoutRepeats(pages.flatMap(({ connection }) => connection.nodes)),
    last,
    busy: answer.fetching || (asked.pending !== null && asked.pending < pages.length),
    more: last.pageInfo.hasNextPage
      ? {
          load: () => void askFor(pages.length, last.pageInfo.endCursor, 'cache-first'),
          fetching: asked.pending === pages.length,
          failure: asked.failure,
        }
      : null,
    failureOf: (id, field) => {
      const { page, index } = placeOf(id)
      return findFailure(page.error, [...path, 'nodes', index, field])
    },
    askAgainFor: (id) => {
      const { number, page } = placeOf(id)
      void askFor(number, page.after, 'network-only')
    },
  }
}

function nothingAsked<Item>(key: string): Asked<Item> {
  return { key, first: null, later: [], pending: null, failure: null }
}

function readFirstPage<Data, Item>(
  { data, error }: Answer<Data>,
  select: (data: Data) => ConnectionPage<Item> | null | undefined,
): AnsweredPage<Item> {
  return { after: null, connection: data === undefined ? null : (select(data) ?? null), error }
}

function withPage<Item>(
  asked: Asked<Item>,
  number: number,
  page: AnsweredPage<Item>,
  path: readonly string[],
): Asked<Item> {
  if (number === 0) return { ...asked, first: page }
  if (!isFound(page)) return { ...asked, failure: reasonFor(page, path) }
  return { ...asked, later: asked.later.toSpliced(number - 1, 1, page) }
}

function isFound<Item>(page: AnsweredPage<Item>): page is FoundPage<Item> {
  return page.connection !== null
}

function reasonFor({ error }: AnsweredPage<unknown>, path: readonly string[]): Failure {
  return findFailure(error, path) ?? unexplainedFailure
}

/** Sentry's pages shift when something is created meanwhile; an item seen on two pages is shown once. */
function withoutRepeats<Item extends { id: string }>(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
