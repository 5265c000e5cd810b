import type { OrganizationBlueprint } from './blueprint.ts'
import { fjordbank } from './blueprints/fjordbank.ts'
import { halyardGames } from './blueprints/halyard-games.ts'
import { kleinwerk } from './blueprints/kleinwerk.ts'
import { lumenFreight } from './blueprints/lumen-freight.ts'
import { northstarRetail } from './blueprints/northstar-retail.ts'
import { smallOrganizations } from './blueprints/small-organizations.ts'
import { tinyOrchard } from './blueprints/tiny-orchard.ts'
import { createOrganization } from './create-organization.ts'
import type { Organization } from './organization.ts'
import { firstIssueId, openEvent, readEventId, type WorldEvent } from './event.ts'
import { hashText } from './hash.ts'
import type { Issue } from './issue.ts'
import { createPeople, signInBlueprints } from './people.ts'
import type { Person } from './person.ts'
import type { Project } from './project.ts'
import { createProjectHistory, issuesPerProject, readRank, type ProjectHistory } from './project-history.ts'
import { createWorldClock, type WorldClock } from './world-clock.ts'

/** Somebody one can sign in as. */
export interface SandboxPerson {
  id: string
  name: string | null
  email: string
  username: string
  /** One sentence about who this is, for whoever chooses. */
  summary: string
}

/** Everything that Sentry would know. The same for the same seed and clock, and never changed by a request. */
export interface World {
  clock: WorldClock
  people: readonly SandboxPerson[]
  organizations: readonly Organization[]
  findPerson(id: string): Person | undefined
  /** By numeric id or exact-case slug. */
  findOrganization(idOrSlug: string): Organization | undefined
  /** Ids of the projects that a person has bookmarked. */
  bookmarksOf(personId: string): ReadonlySet<string>
  /** What happens in a project. Made when first asked for. */
  historyOf(project: Project): ProjectHistory
  /** By numeric id, as the world's clock stands. */
  findIssue(id: string): Issue | undefined
  /** By short id, in one organization. */
  findIssueByShortId(organization: Organization, shortId: string): Issue | undefined
  /** By its 32 hexadecimal digits. */
  findEvent(id: string): WorldEvent | undefined
}

export interface WorldOptions {
  /** Everything that happens depends on it; people, organizations, teams and projects do not. */
  seed?: string
  clock?: () => Date
}

// The ids of issues depend on the order: new organizations go to the end.
const blueprints: readonly OrganizationBlueprint[] = [
  lumenFreight,
  halyardGames,
  tinyOrchard,
  kleinwerk,
  fjordbank,
  northstarRetail,
  ...smallOrganizations,
]

/** Who has bookmarked what: key of a person to `organization/project`. */
const bookmarks: Readonly<Record<string, readonly string[]>> = {
  'mira-lindqvist': ['lumen-freight/edge-proxy', 'lumen-freight/shop-web', 'kleinwerk/kundenportal'],
  'noor-haddad': ['lumen-freight/checkout'],
}

/** Builds the seeded world: people, teams and members at once, projects and what happens in them when somebody asks. */
export function createWorld({ seed = 'sentry', clock = () => new Date() }: WorldOptions = {}): World {
  const people = createPeople()
  const peopleById = new Map([...people.values()].map((person) => [person.id, person]))
  const organizations = blueprints.map((blueprint) => createOrganization(blueprint, people))
  const organizationsByName = new Map(
    organizations.flatMap((organization) => [
      [organization.id, organization],
      [organization.slug, organization],
    ]),
  )
  const worldClock = createWorldClock(clock)
  const homes = listHomes(organizations)
  const historyOf = createHistories(hashText(seed), homes)
  return {
    clock: worldClock,
    historyOf,
    ...createFinders(homes, historyOf, () => worldClock.now().getTime()),
    people: signInBlueprints.map(({ key, summary }) => ({ ...describePerson(people, key), summary })),
    organizations,
    findPerson: (id) => peopleById.get(id),
    findOrganization: (idOrSlug) => organizationsByName.get(idOrSlug),
    bookmarksOf: createBookmarks(people, (slug) => organizationsByName.get(slug)),
  }
}

/** An organization with the place of its first project among all projects of the world. */
interface Home {
  organization: Organization
  firstPosition: number
}

function listHomes(organizations: readonly Organization[]): Home[] {
  let firstPosition = 0
  return organizations.map((organization) => {
    const home = { organization, firstPosition }
    firstPosition += organization.projectCount
    return home
  })
}

function createHistories(seed: number, homes: readonly Home[]): World['historyOf'] {
  const histories = new Map<Project, ProjectHistory>()
  return (project) => {
    const known = histories.get(project)
    if (known !== undefined) return known
    const home = homes.find(({ organization }) => organization.slug === project.organizationSlug)
    if (home === undefined) throw new Error(`The world has no project ${project.slug}`)
    const position = home.firstPosition + home.organization.projects.indexOf(project)
    const history = createProjectHistory(seed, home.organization, project, position)
    histories.set(project, history)
    return history
  }
}

function createFinders(
  homes: readonly Home[],
  historyOf: World['historyOf'],
  now: () => number,
): Pick<World, 'findIssue' | 'findIssueByShortId' | 'findEvent'> {
  const findIssue = (id: string) => {
    const number = /^\d{10}$/.test(id) ? Number(id) - firstIssueId : -1
    const position = Math.floor(number / issuesPerProject)
    const home = homes.findLast(({ firstPosition }) => firstPosition <= position)
    const project = home?.organization.projects[position - home.firstPosition]
    return project && historyOf(project).findIssue(number % issuesPerProject, now())
  }
  return {
    findIssue,
    findIssueByShortId(organization, shortId) {
      const [, slug, rank = ''] = /^(.+)-([0-9A-Z]+)$/.exec(shortId.toUpperCase()) ?? []
      const project = organization.projects.find((candidate) => candidate.slug.toUpperCase() === slug)
      return project && historyOf(project).findIssue(readRank(rank), now())
    },
    findEvent(id) {
      if (!/^[0-9a-f]{32}$/.test(id)) return undefined
      const { issueId, ordinal } = readEventId(id)
      const issue = findIssue(issueId)
      if (issue === undefined || ordinal >= issue.volume.countBefore(now())) return undefined
      const event = openEvent(issue, ordinal)
      return event.id === id ? event : undefined
    },
  }
}

function describePerson(people: ReadonlyMap<string, Person>, key: string): Omit<SandboxPerson, 'summary'> {
  const person = people.get(key)
  if (person === undefined) throw new Error(`There is no person ${key}`)
  const { id, name, email, username } = person
  return { id, name, email, username }
}

function createBookmarks(
  people: ReadonlyMap<string, Person>,
  findOrganization: World['findOrganization'],
): World['bookmarksOf'] {
  const pathsByPerson = new Map(
    Object.entries(bookmarks).map(([key, paths]) => [describePerson(people, key).id, paths]),
  )
  const known = new Map<string, ReadonlySet<string>>()
  const resolve = (paths: readonly string[]) =>
    paths.flatMap((path) => {
      const [organization = '', slug] = path.split('/')
      return findOrganization(organization)?.projects.find((project) => project.slug === slug)?.id ?? []
    })
  return (personId) => {
    const ids = known.get(personId) ?? new Set(resolve(pathsByPerson.get(personId) ?? []))
    known.set(personId, ids)
    return ids
  }
}
