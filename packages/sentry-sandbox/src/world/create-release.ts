import { fraction, hexDigits, integerBetween, mix, pickOne } from './hash.ts'
import { hour, minute } from './moment.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'
import type { Commit, Deploy, Release } from './release.ts'

interface ReleaseBlueprint {
  seed: number
  organization: Organization
  project: Project
  index: number
  dateCreated: number
}

/** Makes a release with its commits and deploys. */
export function createRelease(blueprint: ReleaseBlueprint): Release {
  const { seed, project, index, dateCreated } = blueprint
  const dateReleased = dateCreated + integerBetween(seed, 1, 40, 200) * minute
  return {
    id: 1_500_000_000 + (seed >>> 2),
    version: nameVersion(project, seed, index),
    project,
    index,
    seed,
    dateCreated,
    dateReleased,
    isArchived: fraction(seed, 2) < 0.04,
    crashRate: fraction(seed, 3) < 0.12 ? 2 + 7 * fraction(seed, 4) : 0.05 + 0.75 * fraction(seed, 4) ** 2,
    deploys: createDeploys(blueprint, dateReleased),
    commitCount: integerBetween(seed, 7, 0, 14),
    listCommits: () => createCommits(blueprint),
  }
}

function nameVersion({ releaseNaming }: Project, seed: number, index: number): string {
  if (releaseNaming === null || releaseNaming.style === 'commit') return hexDigits(seed, 5, 40)
  const { package: packageName, style, major } = releaseNaming
  const version = [major + Math.floor(index / 120), Math.floor(index / 6) % 20, index % 6].join('.')
  return `${packageName}@${version}${style === 'build' ? `+${1000 + index * 7}` : ''}`
}

function createDeploys({ seed, project, dateCreated }: ReleaseBlueprint, dateReleased: number): Deploy[] {
  return project.environments.map((environment, position) => {
    const isProduction = environment === 'production'
    const dateFinished = isProduction ? dateReleased : dateCreated + (position + 1) * 4 * minute
    return {
      id: String(900_000_000 + (mix(seed, 20 + position) % 99_999_999)),
      environment,
      name: fraction(seed, 30 + position) < 0.5 ? null : `${environment} #${integerBetween(seed, 6, 100, 4000)}`,
      url: fraction(seed, 40) < 0.5 ? null : `https://ci.example/${project.slug}/${integerBetween(seed, 6, 100, 4000)}`,
      dateStarted: fraction(seed, 50 + position) < 0.3 ? null : dateFinished - 3 * minute,
      dateFinished,
    }
  })
}

const subjects = [
  'Guard',
  'Retry',
  'Cache',
  'Drop',
  'Validate',
  'Batch',
  'Rename',
  'Log',
  'Speed up',
  'Translate',
  'Test',
]
const objects = [
  'empty addresses',
  'the price table',
  'slow lookups',
  'the old export',
  'time zones of pickups',
  'double submits',
  'stale sessions',
  'the retry queue',
  'label sizes',
  'unknown currencies',
  'the health check',
]
const strangers = [
  { name: 'Nell Okafor', email: 'nell@northquay.example' },
  { name: 'dependency-bot', email: 'bot@updates.example' },
]

function createCommits({ seed, organization, project, dateCreated }: ReleaseBlueprint): Commit[] {
  const { people } = organization
  return Array.from({ length: integerBetween(seed, 7, 0, 14) }, (_, position) => {
    const draw = mix(seed, 100 + position)
    const person = people.length === 0 || fraction(draw, 1) < 0.15 ? null : pickOne(draw, 2, people)
    return {
      id: hexDigits(draw, 3, 40),
      message: `${pickOne(draw, 4, subjects)} ${pickOne(draw, 5, objects)}`,
      dateCreated: dateCreated - (position + 1) * hour - integerBetween(draw, 6, 0, 50) * minute,
      person,
      author:
        person === null ? pickOne(draw, 7, strangers) : { name: person.name ?? person.email, email: person.email },
      repository: `${organization.slug}/${project.slug}`,
    }
  })
}
