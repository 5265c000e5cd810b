/** Milliseconds. */
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A moment in Sentry's shorter notation: UTC with whole seconds. */
export const formatSeconds = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`

/** A moment in Sentry's longer notation: UTC with microseconds. */
export const formatMicroseconds = (moment: number): string => new Date(moment).toISOString().replace('Z', '000Z')
