import { answerJson } from '../answer.ts'
import { ApiError } from '../api-error.ts'
import { callerOperation, type CallerRequest, type Endpoint } from '../endpoint.ts'
import { findAccess } from '../organization-access.ts'
import { presentSelf } from '../user-representation.ts'

const index: Endpoint = {
  path: '/api/0/',
  isControlOnly: true,
  operations: {
    GET: {
      scopes: [],
      handle: ({ caller }) =>
        answerJson({
          version: '0',
          auth: caller === null ? null : { scopes: caller.scopes },
          user: caller === null ? null : presentSelf(caller.person),
        }),
    },
  },
}

const auth: Endpoint = {
  path: '/api/0/auth/',
  isControlOnly: true,
  operations: {
    GET: {
      scopes: [],
      handle({ caller }) {
        if (caller === null) throw new ApiError(400, undefined)
        return answerJson(presentSelf(caller.person))
      },
    },
  },
}

/** No scope opens the user endpoints to a token; only Sentry's own pages may use them. */
const me: Endpoint = {
  path: '/api/0/users/me/',
  isControlOnly: true,
  operations: { GET: callerOperation([], () => answerJson(null)) },
}

const regions: Endpoint = {
  path: '/api/0/users/me/regions/',
  isControlOnly: true,
  operations: {
    GET: callerOperation(['org:read'], (request) => answerJson({ regions: listRegions(request) })),
  },
}

function listRegions(request: CallerRequest): { name: string; url: string }[] {
  const organizations = request.world.organizations.filter((organization) => findAccess(request, organization) !== null)
  const names = [...new Set(organizations.map(({ region }) => region))].toSorted()
  return names.map((name) => ({ name, url: request.origins[name] }))
}

export const identityEndpoints: readonly Endpoint[] = [index, auth, me, regions]
