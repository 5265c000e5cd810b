/** What the process that starts a plain server tells it. */
export interface PlainSettings {
  sentryUrl: string
  personId: string
  sessionCount: number
}

/** The settings, from the one argument of the process. */
export function readPlainSettings(): PlainSettings {
  return JSON.parse(process.argv[2] ?? '') as PlainSettings
}
