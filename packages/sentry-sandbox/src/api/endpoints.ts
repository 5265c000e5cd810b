import type { Endpoint } from './endpoint.ts'
import { createEndpointFinder } from './find-endpoint.ts'
import { discoverEndpoints } from './resources/discover.ts'
import { environmentEndpoints } from './resources/environments.ts'
import { identityEndpoints } from './resources/identity.ts'
import { issueDetailEndpoints } from './resources/issue-details.ts'
import { issueEventEndpoints } from './resources/issue-events.ts'
import { issueTagEndpoints } from './resources/issue-tags.ts'
import { issueEndpoints } from './resources/issues.ts'
import { memberEndpoints } from './resources/members.ts'
import { cronEndpoints } from './resources/monitors.ts'
import { organizationEndpoints } from './resources/organizations.ts'
import { ownershipEndpoints } from './resources/ownership.ts'
import { projectKeyEndpoints } from './resources/project-keys.ts'
import { projectStatsEndpoints } from './resources/project-stats.ts'
import { projectUserEndpoints } from './resources/project-users.ts'
import { projectEndpoints } from './resources/projects.ts'
import { releaseEndpoints } from './resources/releases.ts'
import { replayEndpoints } from './resources/replays.ts'
import { repositoryEndpoints } from './resources/repositories.ts'
import { sessionEndpoints } from './resources/sessions.ts'
import { teamEndpoints } from './resources/teams.ts'
import { traceEndpoints } from './resources/traces.ts'
import { usageEndpoints } from './resources/usage.ts'
import { workflowEndpoints } from './resources/workflows.ts'

/** Every path of the REST API that the sandbox answers. */
export const endpoints: readonly Endpoint[] = [
  ...identityEndpoints,
  ...organizationEndpoints,
  ...projectEndpoints,
  ...projectKeyEndpoints,
  ...environmentEndpoints,
  ...ownershipEndpoints,
  ...teamEndpoints,
  ...memberEndpoints,
  ...issueEndpoints,
  ...issueDetailEndpoints,
  ...issueEventEndpoints,
  ...issueTagEndpoints,
  ...workflowEndpoints,
  ...releaseEndpoints,
  ...repositoryEndpoints,
  ...sessionEndpoints,
  ...discoverEndpoints,
  ...usageEndpoints,
  ...projectStatsEndpoints,
  ...cronEndpoints,
  ...replayEndpoints,
  ...projectUserEndpoints,
  ...traceEndpoints,
]

/** The endpoint of a path as it came over the wire; null when the REST API has none. */
export const findEndpoint = createEndpointFinder(endpoints)
