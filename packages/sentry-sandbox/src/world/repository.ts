import { drawChance, drawId, drawInteger } from './draw.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'

/** Where the commits of a project's releases come from. */
export interface Repository {
  id: string
  /** `owner/name` */
  name: string
  project: Project
  status: 'active' | 'disabled'
  dateCreated: string
  /** Null for a repository that only ever was named by a release, without an integration. */
  integration: RepositoryIntegration | null
}

export interface RepositoryIntegration {
  id: string
  url: string
  externalId: string
}

const known = new WeakMap<Organization, readonly Repository[]>()

/** The repositories of an organization by name: one for each project with releases. */
export function listRepositories(organization: Organization): readonly Repository[] {
  const repositories = known.get(organization) ?? createRepositories(organization)
  known.set(organization, repositories)
  return repositories
}

function createRepositories({ slug, projects }: Organization): Repository[] {
  return projects
    .filter(({ releaseNaming }) => releaseNaming !== null)
    .map((project) => createRepository(slug, project))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

function createRepository(organizationSlug: string, project: Project): Repository {
  const name = `${organizationSlug}/${project.slug}`
  const key = `repository/${name}`
  const integration = {
    id: String(drawInteger(`${organizationSlug}/integration`, 100_000, 399_999)),
    url: `https://git.example/${name}`,
    externalId: String(drawInteger(`${key}/external`, 10_000_000, 999_999_999)),
  }
  return {
    id: drawId(key).slice(4),
    name,
    project,
    status: drawChance(`${key}/disabled`, 0.05) ? 'disabled' : 'active',
    dateCreated: project.dateCreated,
    integration: drawChance(`${key}/named`, 0.15) ? null : integration,
  }
}
