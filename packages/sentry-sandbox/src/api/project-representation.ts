import { drawHex } from '../world/draw.ts'
import type { Project } from '../world/project.ts'
import { hasProjectAccess, isProjectMember, type OrganizationAccess } from './organization-access.ts'
import { letterAvatar } from './organization-representation.ts'
import { presentTeamReference } from './team-representation.ts'

const features = [
  'alert-filters',
  'custom-inbound-filters',
  'discard-groups',
  'rate-limits',
  'servicehooks',
  'similarity-view',
]

/** A project as a list item, without its latest deploys where the list collapses them. */
export function presentProject(
  access: OrganizationAccess,
  project: Project,
  collapsed: readonly string[] = [],
): object {
  const hasAccess = hasProjectAccess(access, project)
  const teams = project.teams.map(presentTeamReference)
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: project.dateCreated,
    isBookmarked: access.bookmarks.has(project.id),
    isMember: isProjectMember(access, project),
    hasAccess,
    access: hasAccess ? access.scopes.toSorted() : [],
    features: project.releaseNaming === null ? features : [...features, 'releases'],
    firstEvent: project.firstEvent,
    ...presentUse(project),
    team: teams[0] ?? null,
    teams,
    platforms: project.platforms,
    environments: project.environments,
    latestRelease: presentLatestRelease(access, project),
    ...(collapsed.includes('latestDeploys') ? {} : { latestDeploys: null }),
    eventProcessing: { symbolicationDegraded: false },
    status: 'active',
  }
}

/** A project below a team or on its own: the list item with how it looks. */
export function presentProjectWithLooks(access: OrganizationAccess, project: Project): object {
  return {
    ...presentProject(access, project),
    color: `#${drawHex(`color/${project.id}`, 6)}`,
    avatar: letterAvatar,
    isInternal: false,
    isPublic: false,
  }
}

function presentLatestRelease({ world }: OrganizationAccess, project: Project): { version: string } | null {
  const release = world.historyOf(project).releases.latestBefore(world.clock.now().getTime())
  return release && { version: release.version }
}

function presentUse({ uses, platform }: Project): object {
  const isServer = uses.monitors
  return {
    firstTransactionEvent: uses.transactions,
    hasUserReports: uses.userReports,
    hasSessions: uses.sessions,
    hasProfiles: uses.profiles,
    hasReplays: uses.replays,
    hasFlags: false,
    hasMinifiedStackTrace: uses.minifiedStackTrace,
    hasMonitors: uses.monitors,
    hasFeedbacks: uses.feedbacks,
    hasNewFeedbacks: uses.feedbacks,
    hasLogs: uses.logs,
    hasTraceMetrics: false,
    hasInsightsHttp: uses.transactions,
    hasInsightsDb: uses.transactions && isServer,
    hasInsightsAssets: uses.transactions && uses.replays,
    hasInsightsVitals: uses.transactions && uses.replays,
    hasInsightsAppStart: uses.transactions && (platform ?? '').startsWith('apple'),
    hasInsightsScreenLoad: false,
    hasInsightsCaches: false,
    hasInsightsQueues: uses.transactions && isServer,
    hasInsightsAgentMonitoring: false,
    hasInsightsMCP: false,
  }
}
