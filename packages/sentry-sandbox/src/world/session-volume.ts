import { fraction, hashText, mix } from './hash.ts'
import { hour as hourLength } from './moment.ts'
import type { ProjectHistory } from './project-history.ts'
import type { Release } from './release.ts'
import { rhythmOf } from './rhythm.ts'

/** Sessions of one release in one environment that started in one hour. */
export interface SessionCounts {
  release: Release
  environment: string
  /** Hours since the epoch. */
  hour: number
  total: number
  healthy: number
  errored: number
  crashed: number
  abnormal: number
  users: number
  usersCrashed: number
  usersErrored: number
}

/** The sessions of a project in an hour (since the epoch), one row for each release and environment that had any. */
export function sessionsInHour({ project, seed, size, releases }: ProjectHistory, hour: number): SessionCounts[] {
  if (!project.uses.sessions) return []
  return project.environments.flatMap((environment) => {
    const weight = environment === 'production' ? 1 : 0.04
    const expected = 240 * size * size * weight * rhythmOf(seed, hour)
    const draw = mix(mix(seed, hour), hashText(environment))
    return releases.sharesAt(hour * hourLength, environment).flatMap(({ release, share }, position) => {
      const total = Math.floor(
        expected * share * (0.85 + 0.3 * fraction(draw, position)) + fraction(draw, 50 + position),
      )
      return total === 0 ? [] : [splitSessions(release, environment, hour, total, mix(draw, 100 + position))]
    })
  })
}

function splitSessions(
  release: Release,
  environment: string,
  hour: number,
  total: number,
  draw: number,
): SessionCounts {
  const part = (rate: number, purpose: number) =>
    Math.floor(total * rate * (0.6 + 0.8 * fraction(draw, purpose)) + fraction(draw, purpose + 20))
  const crashed = Math.min(total, part(release.crashRate / 100, 1))
  const errored = Math.min(total - crashed, part(0.012 + release.crashRate / 150, 2))
  const abnormal = Math.min(total - crashed - errored, part(0.001, 3))
  const users = Math.max(1, Math.round(total * (0.55 + 0.2 * fraction(draw, 4))))
  const usersCrashed = Math.min(users, Math.ceil(crashed * 0.8))
  return {
    release,
    environment,
    hour,
    total,
    healthy: total - crashed - errored - abnormal,
    errored,
    crashed,
    abnormal,
    users,
    usersCrashed,
    usersErrored: Math.min(users - usersCrashed, Math.ceil(errored * 0.8)),
  }
}
