import type { GraphQLSchema } from 'graphql'
import { createBuilder } from './builder.ts'
import { explainFields } from './explanation.ts'
import { withoutIssueWrites } from './issue-write-choice.ts'
import { guardMutations } from './mutation-guard.ts'
import { addActor } from './types/actor.ts'
import { addAlert } from './types/alert.ts'
import { addBreadcrumb } from './types/breadcrumb.ts'
import { addCheckIn } from './types/check-in.ts'
import { addCommitAuthor } from './types/commit-author.ts'
import { addCommit } from './types/commit.ts'
import { addBrowserSessionRequiredError } from './types/browser-session-required-error.ts'
import { addConnectionInterface } from './types/connection.ts'
import { addCount } from './types/count.ts'
import { addCreateClientSession } from './types/create-client-session.ts'
import { addDataset } from './types/dataset.ts'
import { addDateTime } from './types/date-time.ts'
import { addDeploy } from './types/deploy.ts'
import { addDuration } from './types/duration.ts'
import { addEndpointLimit } from './types/endpoint-limit.ts'
import { addEnvironment } from './types/environment.ts'
import { addEventRequest } from './types/event-request.ts'
import { addEventThread } from './types/event-thread.ts'
import { addEventUser } from './types/event-user.ts'
import { addEvent } from './types/event.ts'
import { addExceptionValue } from './types/exception-value.ts'
import { addExploreResult } from './types/explore-result.ts'
import { addGatewayInfo } from './types/gateway-info.ts'
import { addIssueActivity } from './types/issue-activity.ts'
import { addIssueMutations } from './types/issue-mutations.ts'
import { addIssueSubscription } from './types/issue-subscription.ts'
import { addIssue } from './types/issue.ts'
import { addJson } from './types/json.ts'
import { addLinkAnnotation } from './types/link-annotation.ts'
import { addMember } from './types/member.ts'
import { addMonitor } from './types/monitor.ts'
import { addNode } from './types/node.ts'
import { addOrganizationTimeSeries } from './types/organization-time-series.ts'
import { addOrganizationFailure } from './types/organization-failure.ts'
import { addOrganization } from './types/organization.ts'
import { addPageInfo } from './types/page-info.ts'
import { addPrincipal } from './types/principal.ts'
import { addProjectFeatures } from './types/project-features.ts'
import { addProjectStatistics } from './types/project-statistics.ts'
import { addProject } from './types/project.ts'
import { addRateLimit } from './types/rate-limit.ts'
import { addRegion } from './types/region.ts'
import { addReleaseProject } from './types/release-project.ts'
import { addRelease } from './types/release.ts'
import { addRevokeSession } from './types/revoke-session.ts'
import { addReplay } from './types/replay.ts'
import { addResource } from './types/resource.ts'
import { addSearch } from './types/search.ts'
import { addSession } from './types/session.ts'
import { addSignOut } from './types/sign-out.ts'
import { addSessionHealth } from './types/session-health.ts'
import { addStackTrace } from './types/stack-trace.ts'
import { addTagDistribution } from './types/tag-distribution.ts'
import { addTagKey } from './types/tag-key.ts'
import { addTeam } from './types/team.ts'
import { addTimeRange } from './types/time-range.ts'
import { addTimeSeries } from './types/time-series.ts'
import { addUniformResourceLocatable } from './types/uniform-resource-locatable.ts'
import { addUpstreamDeprecation } from './types/upstream-deprecation.ts'
import { addUri } from './types/uri.ts'
import { addUserErrors } from './types/user-error.ts'
import { addUsageReport } from './types/usage-report.ts'
import { addUser } from './types/user.ts'
import { addViewer } from './types/viewer.ts'

/** The whole graph, built once. */
export const schema = buildGraph()

/** The graph as it is served: what changes issues at Sentry is in it only where the gateway asks for that scope. */
export function createSchema({ issueWrites }: { issueWrites: boolean }): GraphQLSchema {
  return issueWrites ? schema : withoutIssueWrites(schema)
}

function buildGraph(): GraphQLSchema {
  const builder = createBuilder()
  builder.queryType({ description: 'Where every question starts.' })
  builder.mutationType({ description: 'What changes something.' })
  builder.subscriptionType({ description: 'What is told as it happens.' })

  addDateTime(builder)
  addUri(builder)
  addCount(builder)
  addJson(builder)
  addDuration(builder)
  addTimeRange(builder)
  addTimeSeries(builder)
  addUniformResourceLocatable(builder)
  addConnectionInterface(builder)
  addPageInfo(builder)

  const dataset = addDataset(builder)

  addViewer(builder)
  addNode(builder)
  addPrincipal(builder)
  const actor = addActor(builder)
  addOrganization(builder)
  addOrganizationFailure(builder)
  addProject(builder)
  addProjectFeatures(builder)
  addProjectStatistics(builder)
  addTeam(builder)
  addMember(builder)
  addEnvironment(builder)
  addUser(builder)
  addIssue(builder, actor)
  addMonitor(builder, actor)
  addCheckIn(builder)
  addReplay(builder)
  addAlert(builder)
  addResource(builder)
  addSearch(builder)
  addIssueActivity(builder, actor)
  addLinkAnnotation(builder)
  addTagDistribution(builder)
  addEvent(builder)
  addExceptionValue(builder)
  addEventThread(builder)
  addStackTrace(builder)
  addBreadcrumb(builder)
  addEventRequest(builder)
  addEventUser(builder)
  addRelease(builder)
  addReleaseProject(builder)
  addDeploy(builder)
  addCommit(builder)
  addCommitAuthor(builder)
  addUsageReport(builder)
  addSessionHealth(builder)
  addOrganizationTimeSeries(builder, dataset)
  addExploreResult(builder, dataset)
  addTagKey(builder)
  addSession(builder)
  addRegion(builder)
  addRateLimit(builder)
  addEndpointLimit(builder)
  addGatewayInfo(builder)
  addUpstreamDeprecation(builder)

  addUserErrors(builder)
  addBrowserSessionRequiredError(builder)
  addCreateClientSession(builder)
  addRevokeSession(builder)
  addSignOut(builder)
  addIssueMutations(builder)
  addIssueSubscription(builder)

  // Definition order reads better than the alphabet: `id` first.
  return explainFields(guardMutations(builder.toSchema({ sortSchema: false })))
}
