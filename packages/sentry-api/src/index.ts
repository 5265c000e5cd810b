export { type Deprecation } from './deprecations.ts'
export { createGrantTraffic, type GrantTraffic } from './grant-traffic.ts'
export { createGrantTraffics, type GrantTraffics } from './grant-traffics.ts'
export { narrowClient } from './narrowed-client.ts'
export { LARGEST_PAGE, type Page, type PageOptions } from './page.ts'
export { createRateLimitLedger, type EndpointLimit, type RateLimitLedger } from './rate-limit-ledger.ts'
export {
  type CheckIn,
  findMonitor,
  findMonitorOfProject,
  listCheckIns,
  listMonitors,
  type Monitor,
  type MonitorEnvironment,
} from './resources/monitors.ts'
export { findReplay, listReplays, type Replay, type ReplayField, type ReplaySearch } from './resources/replays.ts'
export { listWorkflows, type Workflow } from './resources/workflows.ts'
export { type ActorReference } from './resources/actors.ts'
export { type Environment, listEnvironments } from './resources/environments.ts'
export { type EventRow, type EventRows, type EventRowsQuestion, listEventRows } from './resources/event-rows.ts'
export {
  type Dataset,
  type EventSeries,
  type EventSeriesQuestion,
  measureEvents,
  MOST_SERIES,
} from './resources/event-series.ts'
export {
  type Breadcrumb,
  type Event,
  type EventPick,
  type EventRequest,
  type EventThread,
  type EventUser,
  type ExceptionValue,
  findEvent,
  findIssueEvent,
  type Frame,
  listIssueEvents,
  type ProcessingError,
  type StackTrace,
} from './resources/events.ts'
export { findIssue, type IssueActivity, type IssueDetail, type IssueDetailPart } from './resources/issue-details.ts'
export { addIssueComment, type ArchiveConditions, type IssueUpdate, updateIssues } from './resources/issue-updates.ts'
export {
  findIssueByShortId,
  type Issue,
  type IssueParts,
  type IssueSearch,
  type IssueSort,
  type IssueStatsPeriod,
  listIssues,
  listIssuesById,
} from './resources/issues.ts'
export { findMember, listMembers, listProjectMembers, listTeamMembers, type Member } from './resources/members.ts'
export {
  findOrganization,
  listOrganizations,
  type Organization,
  type OrganizationAddress,
  type OrganizationDetail,
} from './resources/organizations.ts'
export { findProject, listProjects, listTeamProjects, type Project } from './resources/projects.ts'
export { listRegions, probeRegion, type Region } from './resources/regions.ts'
export {
  type Commit,
  type CommitAuthor,
  type Deploy,
  findRelease,
  listCommits,
  listDeploys,
  listReleases,
  type Release,
  type ReleaseHealth,
  type ReleaseProject,
  type ReleaseSearch,
} from './resources/releases.ts'
export { measureSessions, type SessionField, type SessionQuestion, type Sessions } from './resources/sessions.ts'
export { findIssueTag, listTagKeys, type TagDistribution, type TagKey } from './resources/tags.ts'
export { findTeam, listOwnTeams, listTeams, type Team, type TeamReference } from './resources/teams.ts'
export { measureUsage, type Usage, type UsageQuestion } from './resources/usage.ts'
export { readCurrentUser, type User } from './resources/users.ts'
export { SentryApiError, type SentryApiErrorCode } from './sentry-api-error.ts'
export { createSentryApi, type SentryApi, type SentryApiOptions } from './sentry-api.ts'
export {
  type AccessTokens,
  type Reuse,
  type SentryClient,
  type SentryWrite,
  type UpstreamCall,
} from './sentry-client.ts'
export { type TimeRange } from './time-range.ts'
