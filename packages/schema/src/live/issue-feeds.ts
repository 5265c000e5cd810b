import type { Issue, Page, SentryClient } from '@sentry-graph/sentry-api'
import { GraphError } from '../graph-error.ts'
import type { EventStream } from './event-stream.ts'
import { type FeedTiming, usualTiming } from './feed-timing.ts'
import { createIssueFeed, type FeedEvent, type IssueFeed } from './issue-feed.ts'

export interface FeedSubscription {
  /** Equal for all sessions of one person, who reads so many feeds at most. */
  person: string
  /** Equal for all who see the same with the same sign-in; they share feeds. */
  viewer: string
  /** Equal for the same question. */
  question: string
  openClient: () => Promise<SentryClient>
  /** Aborts when the caller has gone. */
  gone: AbortSignal
  look: (client: SentryClient) => Promise<Page<Issue>>
}

/** The feeds of a process: one per viewer and question, while somebody reads it. */
export interface IssueFeeds {
  /** @throws GraphError `RATE_LIMITED` for a person who reads too many already; what `IssueFeed.join` throws. */
  subscribe(subscription: FeedSubscription): Promise<EventStream<FeedEvent>>
  /** Ends all of them; their readers are told that there is no more. */
  close(): void
}

const MOST_PER_PERSON = 20

export function createIssueFeeds(timing: FeedTiming = usualTiming): IssueFeeds {
  const feeds = new Map<string, IssueFeed>()
  const readers = new Map<string, number>()

  return {
    async subscribe({ person, viewer, question, openClient, gone, look }) {
      const count = readers.get(person) ?? 0
      if (count >= MOST_PER_PERSON) {
        throw new GraphError('RATE_LIMITED', `A viewer has at most ${MOST_PER_PERSON} subscriptions at a time.`)
      }
      readers.set(person, count + 1)
      const key = JSON.stringify([viewer, question])
      const feed = feeds.get(key) ?? createIssueFeed({ look, timing, onEnd: () => feeds.delete(key) })
      feeds.set(key, feed)
      return await feed.join({ openClient, gone, onLeave: () => forgetReader(person) })
    },
    close() {
      for (const feed of feeds.values()) feed.close()
    },
  }

  function forgetReader(person: string): void {
    const count = (readers.get(person) ?? 1) - 1
    if (count > 0) readers.set(person, count)
    else readers.delete(person)
  }
}
