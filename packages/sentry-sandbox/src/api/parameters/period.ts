const secondsByUnit: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Seconds of a period in Sentry's notation (`90d`, `24h`, `5m`, a bare number of seconds); null for anything else. */
export function parsePeriod(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([hdmsw]?)$/.exec(text) ?? []
  return count === undefined || unit === undefined ? null : Number(count) * (secondsByUnit[unit] ?? 1)
}
