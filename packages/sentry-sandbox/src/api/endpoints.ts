import type { Endpoint } from './endpoint.ts'
import { identityEndpoints } from './resources/identity.ts'
import { memberEndpoints } from './resources/members.ts'
import { organizationEndpoints } from './resources/organizations.ts'
import { projectEndpoints } from './resources/projects.ts'
import { teamEndpoints } from './resources/teams.ts'

/** Every path of the REST API that the sandbox answers. */
export const endpoints: readonly Endpoint[] = [
  ...identityEndpoints,
  ...organizationEndpoints,
  ...projectEndpoints,
  ...teamEndpoints,
  ...memberEndpoints,
]
