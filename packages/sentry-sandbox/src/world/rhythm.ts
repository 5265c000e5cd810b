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

const hoursAhead = 24 * 1000

/**
 * How busy a project is in each hour from one on (hours since the epoch), incidents included. Every issue of the project reads the same
 * numbers, so they are kept.
 */
export function createActivity(projectSeed: number, firstHour: number): (hour: number) => number {
  let known: Float64Array | null = null
  const compute = (hour: number) => rhythmOf(projectSeed, hour) * incidentOf(projectSeed, hour)
  return (hour) => {
    known ??= new Float64Array(hoursAhead)
    const index = hour - firstHour
    if (index < 0 || index >= hoursAhead) return compute(hour)
    const value = known[index] ?? 0
    if (value !== 0) return value
    return (known[index] = compute(hour))
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
