/** Milliseconds. */
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The hour, counted since the epoch, that a moment lies in. */
export const hourOf = (moment: number): number => Math.floor(moment / hour)

/** A moment in Sentry's shorter notation: UTC with whole seconds. */
export const formatSeconds = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`

/** A moment in Sentry's longer notation: UTC with microseconds. */
export const formatMicroseconds = (moment: number): string => new Date(moment).toISOString().replace('Z', '000Z')
