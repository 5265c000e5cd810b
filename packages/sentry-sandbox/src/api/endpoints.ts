import type { Endpoint } from './endpoint.ts'
import { identityEndpoints } from './resources/identity.ts'
import { organizationEndpoints } from './resources/organizations.ts'

/** Every path of the REST API that the sandbox answers. */
export const endpoints: readonly Endpoint[] = [...identityEndpoints, ...organizationEndpoints]
