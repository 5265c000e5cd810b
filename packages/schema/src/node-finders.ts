import type { SignedInContext } from './context.ts'
import type { GlobalId, NodeKind } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import {
  alertSource,
  eventSource,
  issueSource,
  memberSource,
  monitorSource,
  type NodeSource,
  organizationReference,
  organizationSource,
  projectSource,
  releaseSource,
  replaySource,
  teamSource,
  userSource,
  viewerSource,
  viewerUserSource,
} from './node-source.ts'
import { notFound, type Reference } from './reference-loader.ts'
import type { WantedParts } from './wanted-parts.ts'

type Finder = (context: SignedInContext, globalId: GlobalId, wanted: WantedParts) => NodeSource | Promise<NodeSource>
type MemberOfOrganizationFinder = (
  context: SignedInContext,
  reference: Reference,
  wanted: WantedParts,
) => Promise<NodeSource>

const finders: Record<NodeKind, Finder> = {
  Viewer: ({ viewer }, { id }) => {
    if (id !== viewer.user.sentryId) throw notFound()
    return viewerSource(viewer)
  },
  Organization: async ({ loaders }, { id }) => organizationSource(await loaders.organizations.load(id)),
  Project: inOrganization(async ({ loaders }, reference) =>
    projectSource(reference.organization, await loaders.projects.load(reference)),
  ),
  Team: inOrganization(async ({ loaders }, reference) =>
    teamSource(reference.organization, await loaders.teams.load(reference)),
  ),
  Member: inOrganization(async ({ loaders }, reference) =>
    memberSource(reference.organization, await loaders.members.load(reference)),
  ),
  Issue: inOrganization(async ({ loaders }, reference, { issueDetail }) => {
    const { issues, issueDetails } = loaders
    const issue = await (issueDetail ? issueDetails.load(reference, issueDetail) : issues.load(reference))
    return issueSource(reference.organization, issue)
  }),
  Event: inOrganization(async ({ loaders }, reference) =>
    eventSource(reference.organization, await loaders.events.load(reference)),
  ),
  Monitor: inOrganization(async ({ loaders }, reference) =>
    monitorSource(reference.organization, await loaders.monitors.load(reference)),
  ),
  Replay: inOrganization(async ({ loaders }, reference) =>
    replaySource(reference.organization, await loaders.replays.load(reference)),
  ),
  Alert: inOrganization(async ({ loaders }, reference) =>
    alertSource(reference.organization, await loaders.alerts.load(reference)),
  ),
  Release: inOrganization(async ({ loaders }, reference, { releaseHealth }) => {
    const releases = releaseHealth ? loaders.releasesWithHealth : loaders.releases
    return releaseSource(reference.organization, await releases.load(reference))
  }),
  User: (context, globalId, wanted) => {
    const { viewer } = context
    const isViewer = globalId.organizationId === null && globalId.id === viewer.user.sentryId
    return isViewer ? viewerUserSource(viewer) : findMemberUser(context, globalId, wanted)
  },
}

const findMemberUser = inOrganization(async ({ loaders }, reference) => {
  const { user } = await loaders.membersByUser.load(reference)
  if (!user) throw notFound()
  return userSource(reference.organization, user)
})

/** The node behind an id. @throws GraphError `NOT_FOUND`; SentryApiError */
export async function findNode(context: SignedInContext, globalId: GlobalId, wanted: WantedParts): Promise<NodeSource> {
  return await finders[globalId.kind](context, globalId, wanted)
}

function inOrganization(find: MemberOfOrganizationFinder): Finder {
  return (context, { organizationId, id }, wanted) => {
    if (organizationId === null) throw new GraphError('BAD_USER_INPUT', 'This is not an id of this graph.')
    return find(context, { organization: organizationReference(organizationId), key: id }, wanted)
  }
}
