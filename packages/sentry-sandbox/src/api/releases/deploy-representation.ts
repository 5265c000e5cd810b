import { formatSeconds } from '../../world/moment.ts'
import type { Deploy, Release } from '../../world/release.ts'

/** The deploys that have happened, newest first. */
export function listDeploys({ deploys }: Release, now: number): Deploy[] {
  return deploys
    .filter(({ dateFinished }) => dateFinished <= now)
    .toSorted((left, right) => right.dateFinished - left.dateFinished)
}

export function presentDeploy({ id, environment, name, url, dateStarted, dateFinished }: Deploy): object {
  return {
    id,
    environment,
    dateStarted: dateStarted === null ? null : formatSeconds(dateStarted),
    dateFinished: formatSeconds(dateFinished),
    name,
    url,
  }
}
