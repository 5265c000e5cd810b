import {
  type Issue,
  type Page,
  SentryApiError,
  type SentryApiErrorCode,
  type SentryClient,
} from '@sentry-graph/sentry-api'
import { AuthenticationEndedError, GraphError } from '../graph-error.ts'
import { failureOf } from '../present-error.ts'
import { toError } from '../reference-loader.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import type { FeedTiming } from './feed-timing.ts'
import { compareSights, type IssueChange, type IssueSight, seeIssues } from './issue-comparison.ts'

/** Why a look failed. The next one is made all the same. */
export interface FeedFailure {
  code: string
  message: string
  retryAfter: number | null
  nextLookAt: Date
}

/** What a look saw. `client` is the reader’s own, for what else is asked about it; null where the look failed. */
export interface FeedSight {
  at: Date
  client: SentryClient | null
  changes: readonly IssueChange[]
  failure: FeedFailure | null
}

/** `error` is the last that a reader gets. */
export type FeedEvent = { sight: FeedSight; error: null } | { sight: null; error: Error }

/** One who reads a feed. */
export interface FeedReader {
  /** A client for one look, while the session lives. @throws AuthenticationEndedError once it does not. */
  openClient: () => Promise<SentryClient>
  /** Aborts when the reader has gone, also one who has not been given the stream yet. */
  gone: AbortSignal
  /** Called once, when the reader has gone. */
  onLeave: () => void
}

export interface IssueFeedOptions {
  look: (client: SentryClient) => Promise<Page<Issue>>
  timing: FeedTiming
  /** Called once, after the last reader has gone. */
  onEnd: () => void
}

export interface IssueFeed {
  /** Resolves when the feed has looked for the first time. @throws what does not pass, such as a search that Sentry refuses. */
  join(reader: FeedReader): Promise<EventStream<FeedEvent>>
  /** Ends it for all readers. */
  close(): void
}

interface Reading {
  reader: FeedReader
  stream: EventStream<FeedEvent>
}

/**
 * Looks at the issues of a filter again and again, for all of its readers together, and tells them what has changed. A
 * look that fails is told once, and the next one waits longer; what does not pass ends the feed.
 */
export function createIssueFeed({ look, timing, onEnd }: IssueFeedOptions): IssueFeed {
  const readings = new Set<Reading>()
  let sight: IssueSight | null = null
  let failed: { times: number; code: string } | null = null
  let cancelNext: (() => void) | null = null
  let firstLook: Promise<Error | null> | undefined

  return {
    async join(reader) {
      const reading: Reading = { reader, stream: createEventStream(() => leave(reading)) }
      readings.add(reading)
      noticeLeaving(reading)
      const error = await (firstLook ??= lookOnce())
      if (error !== null) throw error
      return reading.stream
    },
    close() {
      for (const { stream } of readings) stream.end()
    },
  }

  function noticeLeaving({ reader: { gone }, stream }: Reading): void {
    const leaveStream = () => void stream.return(undefined)
    gone.addEventListener('abort', leaveStream, { once: true })
    if (gone.aborted) leaveStream()
  }

  function leave(reading: Reading): void {
    if (!readings.delete(reading)) return
    reading.reader.onLeave()
    if (readings.size > 0) return
    cancelNext?.()
    onEnd()
  }

  /** The error that has ended the feed; null while it goes on. */
  async function lookOnce(): Promise<Error | null> {
    const clients = await openClients()
    const [client] = clients.values()
    // Everybody has gone, or nobody could be let in for now.
    if (client === undefined) return null
    try {
      tellSight(clients, seeIssues(await look(client), timing.now(), sight))
      lookAgainAfter(timing.interval())
      return null
    } catch (error) {
      if (isLasting(error)) return endAll(error)
      fail([...clients.keys()], error)
      return null
    }
  }

  function tellSight(clients: ReadonlyMap<Reading, SentryClient>, seen: IssueSight): void {
    const changes = sight === null ? [] : compareSights(sight, seen)
    const isRecovered = failed !== null
    sight = seen
    failed = null
    if (changes.length === 0 && !isRecovered) return
    for (const [reading, client] of clients) tell(reading, { at: seen.at, client, changes, failure: null })
  }

  /** Of the readers whose session lives; the others are told that it has ended. */
  async function openClients(): Promise<Map<Reading, SentryClient>> {
    const clients = new Map<Reading, SentryClient>()
    const refused = new Map<Reading, Error>()
    for (const reading of readings) {
      try {
        clients.set(reading, await reading.reader.openClient())
      } catch (error) {
        refused.set(reading, toError(error))
      }
    }
    const [trouble] = [...refused.values()].filter((error) => !hasEnded(error))
    // Where everybody is refused in passing the look is put off; who alone is would miss what the others are told.
    const isPutOff = trouble !== undefined && clients.size === 0
    for (const [{ stream }, error] of refused) if (!isPutOff || hasEnded(error)) stream.end({ sight: null, error })
    if (isPutOff) fail([...readings], trouble)
    return clients
  }

  function fail(affected: readonly Reading[], error: unknown): void {
    const { code, message, retryAfter } = failureOf(error)
    const isNews = failed?.code !== code
    failed = { times: (failed?.times ?? 0) + 1, code }
    const pause = Math.max(timing.pauseAfter(failed.times), (retryAfter ?? 0) * 1000)
    const nextLookAt = new Date(timing.now().getTime() + pause)
    lookAgainAfter(pause)
    if (!isNews) return
    const failure = { code, message, retryAfter, nextLookAt }
    for (const reading of affected) tell(reading, { at: timing.now(), client: null, changes: [], failure })
  }

  function tell({ stream }: Reading, told: FeedSight): void {
    if (!stream.put({ sight: told, error: null })) stream.end({ sight: null, error: tooSlow() })
  }

  function endAll(error: Error): Error {
    for (const { stream } of readings) stream.end({ sight: null, error })
    return error
  }

  function lookAgainAfter(milliseconds: number): void {
    cancelNext?.()
    if (readings.size > 0) cancelNext = timing.after(milliseconds, () => void lookOnce())
  }
}

const hasEnded = (error: Error) => error instanceof AuthenticationEndedError

const passing: readonly SentryApiErrorCode[] = ['rate_limited', 'timeout', 'unavailable', 'invalid_response']

/** Whether the next look would fail in the same way. */
function isLasting(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof SentryApiError && passing.includes(error.code))
}

function tooSlow(): GraphError {
  return new GraphError('RATE_LIMITED', 'Events are not taken as fast as they come. Subscribe again.')
}
