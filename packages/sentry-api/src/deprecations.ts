/** An endpoint that Sentry is going to take away; of the whole process, nothing of it is anybody’s. */
export interface Deprecation {
  /** The path template. */
  endpoint: string
  /** From when on it answers 410, at first for a minute a day. Null when Sentry names no date that can be read. */
  deprecatedOn: Date | null
  /** What Sentry names in its place. */
  replacement: string | null
  lastSeen: Date
}

/** Remembers which endpoints Sentry announces the end of. */
export interface DeprecationRadar {
  record(endpoint: string, header: (name: string) => string | null): void
  /** In the order of first sight. */
  list(): Deprecation[]
}

/** @param report is told of an endpoint once. */
export function createDeprecationRadar(report: (deprecation: Deprecation) => void): DeprecationRadar {
  const known = new Map<string, Deprecation>()
  return {
    record(endpoint, header) {
      const date = header('x-sentry-deprecation-date')
      if (date === null) return
      const isNew = !known.has(endpoint)
      const replacement = readReplacement(header('x-sentry-replacement-endpoint'))
      const deprecation = { endpoint, deprecatedOn: readDate(date), replacement, lastSeen: new Date() }
      known.set(endpoint, deprecation)
      if (isNew) report(deprecation)
    },
    list: () => [...known.values()],
  }
}

function readDate(text: string): Date | null {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? null : date
}

const LONGEST_REPLACEMENT = 200

function readReplacement(text: string | null): string | null {
  return text !== null && text !== '' && text.length <= LONGEST_REPLACEMENT ? text : null
}
