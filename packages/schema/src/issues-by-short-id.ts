import { findIssueByShortId, type Issue, type SentryClient } from '@sentry-graph/sentry-api'
import { addressOf, type OrganizationSource } from './node-source.ts'

/** Where an organization and an issue of it are asked for, before either is known. */
export interface IssueAhead {
  /** The slug or id of the organization, as its field was given it. */
  organization: string
  shortId: string
}

/** Finds issues by their short ids. */
export interface IssuesByShortId {
  /**
   * Asks for an issue of an organization that is itself being asked for: at the control host, which forwards by the slug,
   * so that neither waits for the other. Gives the organization, or its failure, and not before both calls have ended
   * where it fails; the issue, or its failure, is for whoever loads it of this organization.
   */
  askBeside(organization: Promise<OrganizationSource>, ahead: IssueAhead): Promise<OrganizationSource>
  load(organization: OrganizationSource, shortId: string): Promise<Issue>
}

export function createIssuesByShortId(sentry: SentryClient): IssuesByShortId {
  const askedBeside = new WeakMap<OrganizationSource, { shortId: string; issue: Promise<Issue> }>()

  return {
    async askBeside(organization, { organization: idOrSlug, shortId }) {
      const issue = findIssueByShortId(sentry, { idOrSlug, regionUrl: null }, shortId)
      const hasEnded = Promise.allSettled([issue])
      try {
        const found = await organization
        askedBeside.set(found, { shortId, issue })
        return found
      } catch (error) {
        await hasEnded
        throw error
      }
    },
    load(organization, shortId) {
      const asked = askedBeside.get(organization)
      return asked?.shortId === shortId ? asked.issue : findIssueByShortId(sentry, addressOf(organization), shortId)
    },
  }
}
