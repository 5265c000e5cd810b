import type { Project } from '../../world/project.ts'
import { badRequest, forbidden } from '../api-error.ts'
import { hasProjectAccess, isProjectMember, type OrganizationAccess } from '../organization-access.ts'

/**
 * The projects that a request selects. `project` takes ids and slugs, `projectSlug` slugs; `-1` and `$all` stand for every project the
 * caller may see. Without either, these are the projects of the caller's own teams alone.
 *
 * @throws {ApiError} 403 for a project that does not exist or that the caller may not see, 400 for ids and slugs together.
 */
export function selectProjects(query: URLSearchParams, access: OrganizationAccess): Project[] {
  const ids = query.getAll('project').filter((text) => text !== '')
  const slugs = query.getAll('projectSlug').filter((text) => text !== '')
  const { projects } = access.organization
  if (ids.length > 0 && slugs.length > 0) throw badRequest('Cannot query for both ids and slugs')
  if (ids.includes('-1') || slugs.includes('$all'))
    return projects.filter((project) => hasProjectAccess(access, project))
  if (ids.length === 0 && slugs.length === 0) return projects.filter((project) => isProjectMember(access, project))
  const named = [
    ...ids.map((text) => projects.find(({ id, slug }) => id === text || slug === text)),
    ...slugs.map((text) => projects.find(({ slug }) => slug === text)),
  ]
  return [...new Set(named.map((project) => requireAccess(access, project)))]
}

function requireAccess(access: OrganizationAccess, project: Project | undefined): Project {
  if (project === undefined || !hasProjectAccess(access, project)) throw forbidden()
  return project
}
