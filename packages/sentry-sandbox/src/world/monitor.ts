import { drawUuid, fraction, integerBetween, mix, pickOne } from './hash.ts'
import { day, hour, minute } from './moment.ts'
import type { ProjectHistory } from './project-history.ts'

/** A job that should report at fixed times. */
export interface Monitor {
  /** A UUID. */
  id: string
  seed: number
  slug: string
  name: string
  history: ProjectHistory
  isMuted: boolean
  status: 'active' | 'disabled'
  dateCreated: number
  environments: readonly string[]
  schedule: { type: 'crontab'; crontab: string } | { type: 'interval'; every: number; unit: 'hour' | 'minute' | 'day' }
  /** Milliseconds between two runs, and from the beginning of such a span to the run in it. */
  period: number
  offset: number
  /** Minutes; null for Sentry's default. */
  checkinMargin: number | null
  maxRuntime: number | null
  timezone: string
  /** How often it fails: never, now and then, or much. */
  unreliability: number
}

export interface CheckIn {
  /** A UUID with dashes. */
  id: string
  monitor: Monitor
  environment: string
  status: 'ok' | 'error' | 'missed' | 'timeout' | 'in_progress'
  /** When it should have come, and when it came: a missed one counts from the end of its margin. */
  expectedTime: number
  dateAdded: number
  /** Milliseconds; null for one that never came or is not over. */
  duration: number | null
}

const jobs = [
  'nightly-export',
  'invoice-run',
  'cache-warmup',
  'index-rebuild',
  'price-import',
  'cleanup',
  'rate-sync',
  'report-mail',
]
const schedules: readonly Pick<Monitor, 'schedule' | 'period' | 'offset'>[] = [
  { schedule: { type: 'crontab', crontab: '0 2 * * *' }, period: day, offset: 2 * hour },
  { schedule: { type: 'crontab', crontab: '*/15 * * * *' }, period: 15 * minute, offset: 0 },
  { schedule: { type: 'crontab', crontab: '30 * * * *' }, period: hour, offset: 30 * minute },
  { schedule: { type: 'interval', every: 1, unit: 'hour' }, period: hour, offset: 0 },
  { schedule: { type: 'interval', every: 10, unit: 'minute' }, period: 10 * minute, offset: 0 },
  { schedule: { type: 'interval', every: 1, unit: 'day' }, period: day, offset: 5 * hour },
]

/** The monitors of a project; none for one that does not use them. */
export function createMonitors(history: ProjectHistory): Monitor[] {
  const { project, seed } = history
  if (!project.uses.monitors) return []
  const first = integerBetween(seed, 200, 0, jobs.length - 1)
  return Array.from({ length: integerBetween(seed, 201, 1, 4) }, (_, position) => {
    const draw = mix(mix(seed, 202), position)
    const job = jobs[(first + position) % jobs.length] ?? 'job'
    return {
      id: drawUuid(draw, 1),
      seed: draw,
      slug: job,
      name: `${job.charAt(0).toUpperCase()}${job.slice(1).replace('-', ' ')}`,
      history,
      isMuted: fraction(draw, 2) < 0.1,
      status: fraction(draw, 3) < 0.08 ? 'disabled' : 'active',
      dateCreated: Date.parse(project.dateCreated) + integerBetween(draw, 4, 1, 60) * day,
      environments: fraction(draw, 5) < 0.3 ? project.environments.slice(0, 2) : ['production'],
      ...pickOne(draw, 6, schedules),
      checkinMargin: fraction(draw, 7) < 0.3 ? null : 5,
      maxRuntime: fraction(draw, 8) < 0.3 ? null : 30,
      timezone: pickOne(draw, 9, ['UTC', 'Europe/Berlin', 'America/New_York']),
      unreliability: pickOne(draw, 10, [0, 0.01, 0.01, 0.03, 0.2]),
    }
  })
}

/** Check-ins of a monitor that were due from one moment up to another and have been heard of at `now`, newest first. */
export function listCheckIns(
  monitor: Monitor,
  environment: string,
  start: number,
  end: number,
  now: number,
): CheckIn[] {
  if (monitor.status === 'disabled') return []
  const { period, offset } = monitor
  const first = Math.ceil((Math.max(start, monitor.dateCreated) - offset) / period)
  const last = Math.ceil((Math.min(end, now) - offset) / period) - 1
  const checkIns: CheckIn[] = []
  for (let tick = last; tick >= first; tick -= 1) {
    const checkIn = createCheckIn(monitor, environment, tick, now)
    if (checkIn.dateAdded < now) checkIns.push(checkIn)
  }
  return checkIns
}

/** When a monitor should run next. */
export function nextRun({ period, offset }: Monitor, now: number): number {
  return (Math.floor((now - offset) / period) + 1) * period + offset
}

function createCheckIn(monitor: Monitor, environment: string, tick: number, now: number): CheckIn {
  const { seed, period, offset, unreliability } = monitor
  const draw = mix(mix(seed, tick), environment.length)
  const expectedTime = tick * period + offset
  const runtime = integerBetween(draw, 1, 4_000, 180_000)
  const status = chooseStatus(draw, unreliability)
  const dateAdded =
    expectedTime + (status === 'missed' ? (monitor.checkinMargin ?? 1) * minute : integerBetween(draw, 2, 0, 20) * 1000)
  const isRunning = status !== 'missed' && dateAdded + runtime > now
  return {
    id: drawUuid(draw, 3),
    monitor,
    environment,
    status: isRunning ? 'in_progress' : status,
    expectedTime,
    dateAdded,
    duration:
      isRunning || status === 'missed' ? null : status === 'timeout' ? (monitor.maxRuntime ?? 30) * minute : runtime,
  }
}

function chooseStatus(draw: number, unreliability: number): CheckIn['status'] {
  const share = fraction(draw, 4)
  if (share >= unreliability) return 'ok'
  if (share < unreliability * 0.4) return 'missed'
  return share < unreliability * 0.85 ? 'error' : 'timeout'
}
