import { findIssue } from '../api/issues/issue-access.ts'
import { findAccess, hasProjectAccess, hasTeamAccess, type OrganizationAccess } from '../api/organization-access.ts'
import { listReplays } from '../api/replays/replay-selection.ts'
import type { Person } from '../world/person.ts'
import { retention } from '../world/project-history.ts'
import type { Project } from '../world/project.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** What a page of Sentry's web interface would show. */
export interface WebPlace {
  /** Such as `the project Shop Web`. */
  what: string
  organizationName: string
}

/** What the finders below look at: the organization as the person may see it, and the rest of the path. */
interface Search {
  access: OrganizationAccess
  context: SandboxContext
  rest: readonly string[]
}

type Find = (search: Search) => string | null

const section =
  (what: string): Find =>
  ({ rest }) =>
    rest.length === 0 ? what : null

/** A section and what is found below it; pages below that belong to the same thing. */
const sectionWith =
  (what: string, find: Find): Find =>
  (search) =>
    search.rest.length === 0 ? what : find(search)

const listVisible = (access: OrganizationAccess): Project[] =>
  access.organization.projects.filter((project) => hasProjectAccess(access, project))

const findProject = (access: OrganizationAccess, slug: string | undefined) =>
  listVisible(access).find((project) => project.slug === slug)

const describeProject: Find = ({ access, rest: [slug] }) => {
  const project = findProject(access, slug)
  return project === undefined ? null : `the project ${project.name}`
}

const describeTeam: Find = ({ access, rest: [slug] }) => {
  const team = access.organization.teams.find((candidate) => candidate.slug === slug)
  return team === undefined || !hasTeamAccess(access, team) ? null : `the team ${team.name}`
}

const describeIssue: Find = ({ access, context, rest: [name = ''] }) => {
  const issue = findIssue(context, access, name)
  if (issue === undefined || !hasProjectAccess(access, issue.project)) return null
  return `the issue ${issue.shortId}, “${issue.title}”,`
}

const describeRelease: Find = ({ access, context: { world }, rest: [version] }) => {
  const now = world.clock.now().getTime()
  const isKnown = listVisible(access).some((project) =>
    world
      .historyOf(project)
      .releases.listBefore(now)
      .some((release) => release.version === version),
  )
  return isKnown ? `the release ${version}` : null
}

const describeMonitor: Find = ({ access, context: { world }, rest: [slug, monitorSlug] }) => {
  const project = findProject(access, slug)
  const monitors = project === undefined ? [] : world.historyOf(project).monitors
  const monitor = monitors.find((candidate) => candidate.slug === monitorSlug)
  return monitor === undefined ? null : `the monitor ${monitor.name}`
}

const describeReplay: Find = ({ access, context: { world }, rest: [id = ''] }) => {
  const now = world.clock.now().getTime()
  const histories = listVisible(access).map((project) => world.historyOf(project))
  const replays = listReplays(histories, { start: now - retention, end: now }, now)
  return replays.some((replay) => replay.id === id.replaceAll('-', '')) ? 'a replay' : null
}

const describeMember: Find = ({ access, rest: [id] }) => {
  const member = access.organization.members.find((candidate) => candidate.id === id)
  return member === undefined ? null : `the member ${member.person?.name ?? member.email}`
}

const pages: ReadonlyMap<string, Find> = new Map([
  ['issues', sectionWith('the issues', describeIssue)],
  ['projects', sectionWith('the projects', describeProject)],
  ['releases', sectionWith('the releases', describeRelease)],
  ['crons', sectionWith('the monitors', describeMonitor)],
  ['replays', sectionWith('the replays', describeReplay)],
  ['stats', section('the usage')],
  ['alerts', section('the alerts')],
])

const settings: ReadonlyMap<string, Find> = new Map([
  ['teams', sectionWith('the teams', describeTeam)],
  ['members', sectionWith('the members', describeMember)],
  ['projects', sectionWith('the projects', describeProject)],
])

/**
 * What Sentry's web interface would show a person at a path such as `/organizations/acme/projects/web/` or `/settings/acme/teams/web/`;
 * null when there is no such thing, or none that the person may see.
 */
export function findWebPlace(parts: readonly string[], person: Person, context: SandboxContext): WebPlace | null {
  const [, area, slug = '', page, ...rest] = parts.at(-1) === '' ? parts.slice(0, -1) : parts
  const organization = context.world.findOrganization(slug)
  const access =
    organization && findAccess({ caller: { person, scopes: [], organizationId: null }, ...context }, organization)
  if (!access) return null
  const what = page === undefined ? 'the overview' : describe(area, page, { access, context, rest })
  return what === null ? null : { what, organizationName: access.organization.name }
}

function describe(area: string | undefined, page: string, search: Search): string | null {
  const find = (area === 'settings' ? settings : pages).get(page)
  return find === undefined ? null : find(search)
}
