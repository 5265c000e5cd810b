import { createEventUser, type EventUser } from './event-user.ts'
import { fraction, hexDigits, integerBetween, mix, pickIndex, pickOne } from './hash.ts'
import { hour as hourLength } from './moment.ts'
import { findRuntime } from './platform.ts'
import type { ProjectHistory } from './project-history.ts'
import type { Release } from './release.ts'
import { rhythmOf } from './rhythm.ts'

/** A recording of what somebody saw. */
export interface Replay {
  /** 32 hexadecimal digits. */
  id: string
  history: ProjectHistory
  seed: number
  startedAt: number
  /** Seconds. */
  duration: number
  isArchived: boolean
  environment: string
  release: Release | null
  user: EventUser | null
  urls: readonly string[]
  countErrors: number
  countWarnings: number
  countDeadClicks: number
  countRageClicks: number
  countSegments: number
  /** 0 to 10 */
  activity: number
  browser: { name: string; version: string } | null
  os: { name: string; version: string }
  device: { name: string | null; brand: string | null; model: string | null; family: string | null }
}

/** Replays of a project that started in an hour (since the epoch), oldest first. */
export function replaysInHour(history: ProjectHistory, hour: number): Replay[] {
  const { project, seed, size } = history
  if (!project.uses.replays) return []
  const draw = mix(mix(seed, 300), hour)
  const count = Math.floor(0.9 * size * rhythmOf(seed, hour) * fraction(draw, 1) + fraction(draw, 2))
  return Array.from({ length: count }, (_, position) =>
    createReplay(
      history,
      mix(draw, 10 + position),
      hour * hourLength + Math.floor(((position + fraction(draw, 100 + position)) / count) * 3600) * 1000,
    ),
  )
}

const browsers = [
  { name: 'Chrome', version: '141.0.0' },
  { name: 'Safari', version: '26.0' },
  { name: 'Firefox', version: '144.0' },
  { name: 'Edge', version: '141.0.0' },
]

function createReplay(history: ProjectHistory, seed: number, startedAt: number): Replay {
  const { project, releases } = history
  const environment =
    project.environments[
      pickIndex(
        fraction(seed, 1),
        project.environments.map((name) => (name === 'production' ? 9 : 1)),
      )
    ] ?? 'production'
  const isMobile = findRuntime(project.platform) === 'mobile'
  const paths = ['/', '/cart', '/checkout', '/quotes/new', '/track/8841', '/account']
  return {
    id: hexDigits(seed, 2, 32),
    history,
    seed,
    startedAt,
    duration: integerBetween(seed, 3, 4, 1900),
    isArchived: fraction(seed, 4) < 0.03,
    environment,
    release: releases.pickAt(startedAt, environment, fraction(seed, 5)),
    user: fraction(seed, 6) < 0.12 ? null : createEventUser(mix(history.seed, seed % 4000)),
    urls: Array.from({ length: integerBetween(seed, 7, 1, 5) }, (_, position) =>
      isMobile
        ? `Screen${1 + ((seed + position) % 6)}`
        : `https://${project.slug}.example${pickOne(seed, 20 + position, paths)}`,
    ),
    countErrors: fraction(seed, 8) < 0.55 ? 0 : integerBetween(seed, 9, 1, 6),
    countWarnings: integerBetween(seed, 10, 0, 2),
    countDeadClicks: fraction(seed, 11) < 0.7 ? 0 : integerBetween(seed, 12, 1, 5),
    countRageClicks: fraction(seed, 13) < 0.88 ? 0 : integerBetween(seed, 14, 1, 3),
    countSegments: integerBetween(seed, 15, 1, 60),
    activity: integerBetween(seed, 16, 0, 10),
    browser: isMobile ? null : pickOne(seed, 17, browsers),
    os: isMobile
      ? pickOne(seed, 18, [
          { name: 'iOS', version: '19.1' },
          { name: 'Android', version: '16' },
        ])
      : pickOne(seed, 18, [
          { name: 'Windows', version: '11' },
          { name: 'macOS', version: '15.6' },
          { name: 'Linux', version: '' },
        ]),
    device: isMobile
      ? { name: 'Pixel 9', brand: 'Google', model: 'Pixel 9', family: 'Pixel' }
      : { name: null, brand: null, model: null, family: null },
  }
}
