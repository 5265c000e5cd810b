import { findIssueByShortId, type Issue, type SentryClient } from '@sentry-graph/sentry-api'
import { addressOf, type OrganizationSource } from './node-source.ts'

/** Finds issues by their short ids. */
export interface IssuesByShortId {
  /**
   * Asks for issues of an organization that is itself being asked for, by the slug or id that its field was given: at the
   * control host, which forwards by that. So neither waits for the other; a failure is told to whoever loads the issue.
   */
  askAhead(organization: string, shortIds: readonly string[]): void
  load(organization: OrganizationSource, shortId: string): Promise<Issue>
}

export function createIssuesByShortId(sentry: SentryClient): IssuesByShortId {
  const askedAhead = new Map<string, Promise<Issue>>()

  return {
    askAhead(organization, shortIds) {
      for (const shortId of new Set(shortIds)) {
        const issue = findIssueByShortId(sentry, { idOrSlug: organization, regionUrl: null }, shortId)
        // Where the organization is not found, nobody asks for its issue.
        issue.catch(() => undefined)
        askedAhead.set(keyOf(organization, shortId), issue)
      }
    },
    load(organization, shortId) {
      const address = addressOf(organization)
      const names = [address.idOrSlug, organization.sentryId]
      const issue = names.map((name) => askedAhead.get(keyOf(name, shortId))).find((asked) => asked !== undefined)
      return issue ?? findIssueByShortId(sentry, address, shortId)
    },
  }
}

const keyOf = (organization: string, shortId: string) => `${organization}/${shortId}`
