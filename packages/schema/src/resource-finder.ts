import { findIssueByShortId, findMonitor, findMonitorOfProject } from '@sentry-graph/sentry-api'
import type { SignedInContext } from './context.ts'
import {
  addressOf,
  eventSource,
  issueSource,
  monitorSource,
  type NodeSource,
  type OrganizationSource,
  projectSource,
  releaseSource,
  replaySource,
  teamSource,
} from './node-source.ts'
import { findVisibleOrganization } from './organization-by-slug.ts'
import { readSlug } from './slug.ts'
import type { WantedParts } from './wanted-parts.ts'
import type { WebAddress, WebPlace } from './web-place.ts'

/** What a page of Sentry's web UI shows: a call for the organization, and one for what is in it. @throws GraphError `NOT_FOUND`; SentryApiError */
export async function findResource(
  context: SignedInContext,
  { organization: slug, place }: WebAddress,
  wanted: WantedParts,
): Promise<NodeSource> {
  const organization = await findVisibleOrganization(context, readSlug(slug))
  return await findPlace(context, organization, place, wanted)
}

async function findPlace(
  { sentry, loaders }: SignedInContext,
  organization: OrganizationSource,
  place: WebPlace,
  { issueDetail, releaseHealth }: WantedParts,
): Promise<NodeSource> {
  const address = addressOf(organization)
  switch (place.kind) {
    case 'Organization':
      return organization
    case 'Project':
      return projectSource(organization, await loaders.projectsBySlug.load({ organization, key: readSlug(place.slug) }))
    case 'Team':
      return teamSource(organization, await loaders.teamsBySlug.load({ organization, key: readSlug(place.slug) }))
    case 'Issue': {
      const reference = { organization, key: place.issue }
      if (!/^\d+$/.test(place.issue)) {
        return issueSource(organization, await findIssueByShortId(sentry, address, place.issue))
      }
      const issue = issueDetail ? loaders.issueDetails.load(reference, issueDetail) : loaders.issues.load(reference)
      return issueSource(organization, await issue)
    }
    case 'Event':
      return eventSource(organization, await loaders.events.load({ organization, key: place.eventId }))
    case 'Release': {
      const releases = releaseHealth ? loaders.releasesWithHealth : loaders.releases
      return releaseSource(organization, await releases.load({ organization, key: place.version }))
    }
    case 'Replay':
      return replaySource(organization, await loaders.replays.load({ organization, key: place.replayId }))
    case 'Monitor': {
      const monitor = readSlug(place.slug)
      const found =
        place.project === null
          ? findMonitor(sentry, address, monitor)
          : findMonitorOfProject(sentry, address, { project: readSlug(place.project), monitor })
      return monitorSource(organization, await found)
    }
  }
}
