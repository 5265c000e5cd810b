import { expect, test, vi } from 'vitest'
import { openEvent } from './event.ts'
import { countEvents, countSeries, countUsers, eventsBackwards } from './issue-events.ts'
import { day, hour } from './moment.ts'
import { acceptedErrors, usageInHour } from './usage.ts'
import type { Project } from './project.ts'
import { createWorld, type World } from './world.ts'

// The first question makes the world, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 })

let moment = Date.parse('2026-10-01T12:00:00Z')
const clock = () => new Date(moment)
const world = createWorld({ clock })
const now = moment
const shop = findShop(world)
const history = world.historyOf(shop)
const everything = { start: 0, end: now, environments: null }

function findShop(of: World): Project {
  const project = of.findOrganization('tiny-orchard')?.projects.find(({ firstEvent }) => firstEvent !== null)
  if (project === undefined) throw new Error('There is no project with events')
  return project
}

test('the events of an issue are as many as it counts, in order, and found by their ids', () => {
  for (const issue of history.issuesAt(now).slice(0, 12)) {
    const events = [...eventsBackwards(issue, everything)]
    expect(events).toHaveLength(countEvents(issue, everything))
    const moments = events.map((event) => event.moment)
    expect(moments).toEqual(moments.toSorted((left, right) => right - left))
    expect(world.findEvent(events[0]?.id ?? '')?.ordinal).toBe(events[0]?.ordinal)
  }
})

test('environments divide the events of an issue, and every series adds up to its count', () => {
  for (const issue of history.issuesAt(now)) {
    const range = { start: now - 14 * day, end: now, environments: null }
    const sum = (step: number) => countSeries(issue, range, step).reduce((total, [, count]) => total + count, 0)
    expect([sum(hour), sum(day), sum(7 * 60_000)]).toEqual(Array.from({ length: 3 }, () => countEvents(issue, range)))
    const parts = shop.environments.map((name) => countEvents(issue, { ...range, environments: new Set([name]) }))
    expect(parts.reduce((total, part) => total + part, 0)).toBe(countEvents(issue, range))
    expect(countUsers(issue, range)).toBeLessThanOrEqual(Math.min(issue.audience, countEvents(issue, range)))
  }
})

test('accepted errors of a project are the sum of its issues', () => {
  const last = Math.floor(now / hour)
  const errors = history.issuesAt(now).filter(({ kind }) => ['error', 'default', 'csp'].includes(kind.eventType))
  for (let back = 0; back < 48; back += 1) {
    const range = { start: (last - back) * hour, end: Math.min(now, (last - back + 1) * hour), environments: null }
    const sum = errors.reduce((total, issue) => total + countEvents(issue, range), 0)
    expect(acceptedErrors(history, last - back, now)).toBe(sum)
    const usage = usageInHour(history, last - back, now).filter(
      ({ category, outcome }) => category === 'error' && outcome === 'accepted',
    )
    expect(usage.reduce((total, { quantity }) => total + quantity, 0)).toBe(sum)
  }
})

function listHappenings(seed?: string): unknown[] {
  const other = createWorld({ clock, ...(seed === undefined ? {} : { seed }) })
  const issues = other.historyOf(findShop(other)).issuesAt(now)
  return issues.map((issue) => [issue.id, issue.title, openEvent(issue, 0).id, issue.volume.total])
}

test('the same seed and clock make the same events; another seed makes others', () => {
  expect(listHappenings()).toEqual(listHappenings())
  expect(listHappenings()).not.toEqual(listHappenings('another'))
})

test('time that passes adds events and issues and takes none away', () => {
  const before = history.issuesAt(now).map((issue) => countEvents(issue, everything))
  const later = now + 30 * day
  const after = history.issuesAt(now).map((issue) => countEvents(issue, { ...everything, end: later }))
  expect(after.every((count, position) => count >= (before[position] ?? 0))).toBe(true)
  expect(history.issuesAt(later).filter(({ firstSeen }) => firstSeen >= now).length).toBeGreaterThan(0)
})

test('the clock of the world moves by itself, runs on, and comes back', () => {
  world.clock.advance(day)
  expect(world.clock.now()).toEqual(new Date(now + day))
  moment += 90_000
  expect(world.clock.now()).toEqual(new Date(now + day + 60_000))
  world.clock.set(new Date(now - day))
  expect(world.clock.now()).toEqual(new Date(now - day))
  world.clock.reset()
  expect(world.clock.now()).toEqual(new Date(now + 60_000))
})
