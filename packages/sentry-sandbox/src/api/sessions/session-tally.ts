import type { SessionCounts } from '../../world/session-volume.ts'

/** What sessions of a group and a stretch of time add up to. */
export interface SessionTally {
  total: number
  errored: number
  crashed: number
  abnormal: number
  /** People, each once as far as that is known. */
  users: number
  usersErrored: number
  usersCrashed: number
}

export const emptyTally = (): SessionTally => ({
  total: 0,
  errored: 0,
  crashed: 0,
  abnormal: 0,
  users: 0,
  usersErrored: 0,
  usersCrashed: 0,
})

/** Adds sessions of one project up whose people come back from hour to hour. */
export interface TallyBuilder {
  add(counts: SessionCounts): void
  build(): SessionTally
}

/** Of the people of an hour, this part was not there in the busiest hour. */
const newcomers = 0.3

export function createTallyBuilder(): TallyBuilder {
  const tally = emptyTally()
  const people = { users: createHeadCount(), usersErrored: createHeadCount(), usersCrashed: createHeadCount() }
  return {
    add(counts) {
      tally.total += counts.total
      tally.errored += counts.errored
      tally.crashed += counts.crashed
      tally.abnormal += counts.abnormal
      for (const name of ['users', 'usersErrored', 'usersCrashed'] as const) people[name].add(counts.hour, counts[name])
    },
    build: () => ({
      ...tally,
      users: people.users.unique(),
      usersErrored: people.usersErrored.unique(),
      usersCrashed: people.usersCrashed.unique(),
    }),
  }
}

/** Counts heads over hours: never fewer than in the busiest hour, never more than in all hours together. */
function createHeadCount(): { add(hour: number, heads: number): void; unique(): number } {
  let [sum, busiest, current, currentHour] = [0, 0, 0, -1]
  return {
    add(hour, heads) {
      current = hour === currentHour ? current + heads : heads
      currentHour = hour
      sum += heads
      busiest = Math.max(busiest, current)
    },
    unique: () => Math.round(busiest + newcomers * (sum - busiest)),
  }
}

/** Adds a tally of another project. */
export function addTally(sum: SessionTally, other: SessionTally): void {
  sum.total += other.total
  sum.errored += other.errored
  sum.crashed += other.crashed
  sum.abnormal += other.abnormal
  sum.users += other.users
  sum.usersErrored += other.usersErrored
  sum.usersCrashed += other.usersCrashed
}
