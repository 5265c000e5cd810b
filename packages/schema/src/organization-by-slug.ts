import { findOrganization, SentryApiError } from '@sentry-graph/sentry-api'
import type { SignedInContext } from './context.ts'
import { GraphError } from './graph-error.ts'
import { organizationSource, type OrganizationSource } from './node-source.ts'
import { notFound } from './reference-loader.ts'

const sufficientScopes = ['org:read', 'org:write', 'org:admin']

/**
 * An organization by slug or numeric id, at the control host since its region is not known yet.
 * @throws GraphError `NOT_FOUND` also where Sentry answers 403: that is how it hides organizations of others. Only a
 * missing scope is `FORBIDDEN`.
 */
export async function findVisibleOrganization(context: SignedInContext, slug: string): Promise<OrganizationSource> {
  const { sentry, loaders } = context
  try {
    const detail = await findOrganization(sentry, { idOrSlug: slug, regionUrl: null })
    const organization = organizationSource(detail)
    loaders.organizations.prime(detail.id, detail)
    loaders.organizationDetails.prime(organization, detail)
    return organization
  } catch (error) {
    throw hidesOrganization(error) ? explainHidden(context, error) : error
  }
}

function hidesOrganization(error: unknown): error is SentryApiError {
  return (
    error instanceof SentryApiError &&
    error.code === 'forbidden' &&
    error.requiredScope === null &&
    error.reason === null
  )
}

// Older servers refuse a token without the scope in the same words as a stranger; the session knows its scopes.
function explainHidden({ viewer }: SignedInContext, cause: SentryApiError): GraphError {
  const hasScope = viewer.session.scopes.some((scope) => sufficientScopes.includes(scope))
  if (hasScope) return notFound()
  return new GraphError('FORBIDDEN', 'The session lacks a scope for this.', { requiredScope: 'org:read', cause })
}
