import { drawChance, drawId, drawInteger, drawMoment, drawOne } from './draw.ts'
import { findEventPlatform, findRuntime } from './platform.ts'
import type { Team } from './team.ts'

export interface Project {
  id: string
  slug: string
  name: string
  /** Slug of the organization that it belongs to. */
  organizationSlug: string
  /** Sentry knows projects with no platform in two spellings: null and the empty string. */
  platform: string | null
  platforms: string[]
  teams: Team[]
  dateCreated: string
  firstEvent: string | null
  environments: string[]
  /** How its releases are called; null when it has none. */
  releaseNaming: ReleaseNaming | null
  uses: ProjectUse
}

/** Whether versions are `package@1.2.3`, the same with `+build`, or commits. */
export interface ReleaseNaming {
  style: 'semantic' | 'build' | 'commit'
  package: string
  major: number
}

/** Which of Sentry's features a project has sent data for. */
export interface ProjectUse {
  transactions: boolean
  sessions: boolean
  replays: boolean
  profiles: boolean
  monitors: boolean
  feedbacks: boolean
  logs: boolean
  minifiedStackTrace: boolean
  userReports: boolean
}

export interface ProjectBlueprint {
  slug: string
  name: string
  platform: string | null
  teams: Team[]
}

/** Makes a project of an organization that was founded on the given ISO date. A showcase sends everything that its platform can. */
export function createProject(
  organization: { slug: string; founded: string },
  blueprint: ProjectBlueprint,
  isShowcase: boolean,
): Project {
  const key = `${organization.slug}/project/${blueprint.slug}`
  const dateCreated = drawMoment(`${key}/created`, organization.founded, '2026-06-01')
  const chance: Chance = (name, probability) => isShowcase || drawChance(`${key}/${name}`, probability)
  const hasEvents = blueprint.platform !== null && blueprint.platform !== '' && chance('events', 0.92)
  const eventPlatform = hasEvents ? findEventPlatform(blueprint.platform) : null
  return {
    ...blueprint,
    organizationSlug: organization.slug,
    id: drawId(key),
    platforms: eventPlatform === null ? [] : [eventPlatform],
    dateCreated,
    firstEvent: hasEvents ? createFirstEvent(key, dateCreated) : null,
    environments: hasEvents ? createEnvironments(key) : [],
    releaseNaming: hasEvents && chance('releases', 0.93) ? createReleaseNaming(key, blueprint.slug) : null,
    uses: createUse(hasEvents, blueprint.platform, chance),
  }
}

// First events come without fractions of a second although every other date has them (one object, mixed precision).
function createFirstEvent(key: string, dateCreated: string): string {
  const moment = Date.parse(dateCreated) + drawInteger(`${key}/first-event`, 120, 200_000) * 1000
  return `${new Date(moment).toISOString().slice(0, 19)}Z`
}

function createEnvironments(key: string): string[] {
  return drawOne(`${key}/environments`, [
    ['production'],
    ['production', 'staging'],
    ['development', 'production', 'staging'],
    ['canary', 'production', 'staging'],
    ['production', 'qa', 'staging'],
  ]).slice()
}

function createReleaseNaming(key: string, slug: string): ReleaseNaming {
  if (drawChance(`${key}/commit-release`, 0.3)) return { style: 'commit', package: slug, major: 0 }
  return {
    style: drawChance(`${key}/build`, 0.25) ? 'build' : 'semantic',
    package: slug,
    major: drawInteger(`${key}/release/major`, 0, 6),
  }
}

type Chance = (name: string, probability: number) => boolean

function createUse(hasEvents: boolean, platform: string | null, drawn: Chance): ProjectUse {
  const runtime = findRuntime(platform)
  const chance: Chance = (name, probability) => hasEvents && drawn(`use/${name}`, probability)
  return {
    transactions: chance('transactions', 0.7),
    sessions: chance('sessions', runtime === 'server' ? 0.4 : 0.95),
    replays: runtime === 'browser' || runtime === 'mobile' ? chance('replays', 0.6) : false,
    profiles: chance('profiles', 0.35),
    monitors: runtime === 'server' ? chance('monitors', 0.5) : false,
    feedbacks: runtime === 'server' ? false : chance('feedbacks', 0.4),
    logs: chance('logs', 0.45),
    minifiedStackTrace: runtime === 'browser' ? chance('minified', 0.35) : false,
    userReports: runtime === 'server' ? false : chance('user-reports', 0.2),
  }
}
