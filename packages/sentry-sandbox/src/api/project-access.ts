import type { Project } from '../world/project.ts'
import type { Answer } from './answer.ts'
import { forbidden, notFound, resourceMoved } from './api-error.ts'
import type { CallerRequest, Endpoint } from './endpoint.ts'
import { hasProjectAccess, organizationEndpoint, type OrganizationAccess } from './organization-access.ts'

/** A GET below a project, for those who may see it. */
export function projectEndpoint(
  path: string,
  scopes: readonly string[],
  handle: (request: CallerRequest, access: OrganizationAccess, project: Project) => Answer,
): Endpoint {
  return organizationEndpoint(path, scopes, (request, access) => handle(request, access, openProject(request, access)))
}

/**
 * @throws {ApiError} 404 for no such project, 403 for one the caller's teams do not own, 302 for a slug it no longer has (a numeric
 * id never moves).
 */
export function openProject(request: CallerRequest, access: OrganizationAccess): Project {
  const idOrSlug = request.params['project'] ?? ''
  const { renamedProjects } = access.organization
  const slug = renamedProjects.get(idOrSlug) ?? idOrSlug
  const project = access.organization.projects.find((candidate) => candidate.id === slug || candidate.slug === slug)
  if (project === undefined) throw notFound()
  if (!hasProjectAccess(access, project)) throw forbidden()
  if (renamedProjects.has(idOrSlug)) throw resourceMoved(replaceProject(request.path, project.slug), project.slug)
  return project
}

/** `/api/0/projects/{organization}/{project}/…` with another project. */
function replaceProject(path: string, slug: string): string {
  return path.split('/').with(5, slug).join('/')
}
