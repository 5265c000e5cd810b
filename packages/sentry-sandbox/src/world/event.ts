import { createEventUser, type EventUser } from './event-user.ts'
import { fraction, hexDigits, mix, pickIndex } from './hash.ts'
import type { Issue } from './issue.ts'
import type { Release } from './release.ts'

/** Ids of issues begin here. */
export const firstIssueId = 6_100_000_000

/** One event of an issue. Everything about it follows from the issue and its number, and is worked out when it is asked for. */
export interface WorldEvent {
  readonly issue: Issue
  /** Its number among the issue's events, from 0 in order of time. */
  readonly ordinal: number
  readonly seed: number
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly moment: number
  readonly environment: string | null
  readonly release: Release | null
  readonly user: EventUser | null
}

/** Opens an issue's event of that number. */
export const openEvent = (issue: Issue, ordinal: number): WorldEvent => new OpenedEvent(issue, ordinal)

// Events are opened by the hundred thousand: a class shares what an object literal would make anew for each of them.
class OpenedEvent implements WorldEvent {
  readonly issue: Issue
  readonly ordinal: number
  readonly seed: number

  constructor(issue: Issue, ordinal: number) {
    this.issue = issue
    this.ordinal = ordinal
    this.seed = eventSeed(issue, ordinal)
  }

  get id(): string {
    return nameEvent(this.issue, this.ordinal, this.seed)
  }

  get moment(): number {
    return this.issue.volume.momentOf(this.ordinal)
  }

  get environment(): string | null {
    return environmentOf(this.issue, this.seed)
  }

  get release(): Release | null {
    return this.issue.history.releases.pickAt(this.moment, this.environment ?? '', fraction(this.seed, 2))
  }

  get user(): EventUser | null {
    const user = userNumberOf(this.issue, this.seed)
    return user === null ? null : createEventUser(mix(this.issue.history.seed, user))
  }
}

export const eventSeed = (issue: Issue, ordinal: number): number => mix(issue.seed, ordinal + 1_000_000)

/** The environment of the event with that seed. */
export function environmentOf({ project: { environments } }: Issue, seed: number): string | null {
  if (environments.length < 2) return environments[0] ?? null
  const share = fraction(seed, 1)
  const others = environments.filter((name) => name !== 'production')
  return share < 0.84 ? 'production' : (others[Math.floor(((share - 0.84) / 0.16) * others.length)] ?? null)
}

/** Which of the issue's users ran into the event with that seed; null when nobody is known. */
export function userNumberOf({ audience }: Issue, seed: number): number | null {
  if (audience === 0 || fraction(seed, 3) < 0.06) return null
  return Math.floor(fraction(seed, 4) ** 1.5 * audience)
}

/** The id holds the issue and the number, so that an event is found by it alone; the rest of it hides both. */
function nameEvent(issue: Issue, ordinal: number, seed: number): string {
  const tail = hexDigits(seed, 5, 16)
  const [first, second] = readMasks(tail)
  const head = [(Number(issue.id) - firstIssueId) ^ first, ordinal ^ second]
  return head.map((number) => (number >>> 0).toString(16).padStart(8, '0')).join('') + tail
}

const readMasks = (tail: string): [number, number] => {
  const seed = Number.parseInt(tail.slice(0, 8), 16)
  return [mix(seed, 1), mix(seed, 2)]
}

/** What the id of an event says; the event may not exist. */
export function readEventId(id: string): { issueId: string; ordinal: number } {
  const [first, second] = readMasks(id.slice(16))
  const issue = (Number.parseInt(id.slice(0, 8), 16) ^ first) >>> 0
  return { issueId: String(firstIssueId + issue), ordinal: (Number.parseInt(id.slice(8, 16), 16) ^ second) >>> 0 }
}

const browsers = [
  ['Chrome', '141.0.0'],
  ['Mobile Safari', '26.0'],
  ['Firefox', '144.0'],
  ['Edge', '141.0.0'],
  ['Safari', '26.0'],
] as const
const systems = [
  ['Windows', '11'],
  ['macOS', '15.6'],
  ['iOS', '19.1'],
  ['Android', '16'],
  ['Linux', ''],
] as const
const devices = ['Pixel 9', 'iPhone17,1', 'SM-S931B', 'iPad16,3'] as const
const weights = [46, 22, 14, 10, 8]

/** Name and version of the browser that the event comes from. */
export const browserOf = (seed: number): readonly [name: string, version: string] =>
  browsers[pickIndex(fraction(seed, 6), weights)] ?? browsers[0]

export const systemOf = (seed: number): readonly [name: string, version: string] =>
  systems[pickIndex(fraction(seed, 7), weights)] ?? systems[0]

export const deviceOf = (seed: number): string => devices[pickIndex(fraction(seed, 8), [4, 4, 2, 1])] ?? devices[0]
