import { fraction, integerBetween, mix } from './hash.ts'

const hoursOfWeek = 168
const thursday = 4 // The epoch began on one.

/** How busy each hour of a week is, from Sunday midnight; one on average over a working day. */
const weeklyRhythm = Float64Array.from({ length: hoursOfWeek }, (_, index) => {
  const hourOfDay = index % 24
  const dayOfWeek = Math.floor(index / 24)
  const daily = 1 - 0.72 * Math.cos(((hourOfDay - 3) / 24) * 2 * Math.PI)
  return daily * (dayOfWeek === 0 || dayOfWeek === 6 ? 0.5 : 1)
})

/** How busy a project is in an hour that is counted since the epoch. Projects have their own time zones. */
export function rhythmOf(projectSeed: number, hour: number): number {
  const shift = projectSeed % 9
  return weeklyRhythm[(hour + shift + thursday * 24) % hoursOfWeek] ?? 1
}

const incidentChance = 0.04

const chunk = 1024

/**
 * How busy a project is in each hour (since the epoch), incidents included. Every issue of the project reads the same numbers, so they
 * are kept, with room for six weeks at a time.
 */
export function createActivity(projectSeed: number): (hour: number) => number {
  const chunks = new Map<number, Float64Array>()
  let latest: Float64Array = new Float64Array(0)
  let latestNumber = NaN
  const open = (number: number) => {
    latest = chunks.get(number) ?? new Float64Array(chunk)
    latestNumber = number
    chunks.set(number, latest)
  }
  return (hour) => {
    const number = Math.floor(hour / chunk)
    if (number !== latestNumber) open(number)
    const index = hour - number * chunk
    // No hour is without any activity: 0 stands for one that was not asked for yet.
    const known = latest[index] ?? 0
    return known === 0 ? (latest[index] = rhythmOf(projectSeed, hour) * incidentOf(projectSeed, hour)) : known
  }
}

/** How many times more errors than usual a project has in that hour, because something is down. One when nothing is. */
export function incidentOf(projectSeed: number, hour: number): number {
  const day = Math.floor(hour / 24)
  const seed = mix(projectSeed, day)
  if (fraction(seed, 1) >= incidentChance) return 1
  const start = integerBetween(seed, 2, 0, 19)
  const hourOfDay = hour - day * 24
  if (hourOfDay < start || hourOfDay >= start + integerBetween(seed, 3, 2, 4)) return 1
  return 4 + 6 * fraction(seed, 4)
}
