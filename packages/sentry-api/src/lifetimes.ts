/**
 * Milliseconds for which an answer may be given again to whoever uses the same grant: the shorter, the more closely people
 * watch what it tells.
 */
export const lifetimes = {
  /** Issues and their events. */
  watched: 5_000,
  /** Releases, and the values of tags. */
  moving: 10_000,
  /** Series, rows and sums over a span of time, which Sentry itself finds slowly. */
  measured: 30_000,
  /** Projects, teams, members. */
  settled: 30_000,
  organizations: 60_000,
  /** What names there are to ask by: environments and tags. */
  named: 300_000,
  regions: 300_000,
}
