/** A span of time as Sentry's endpoints take it: `statsPeriod` such as `14d` up to now, or two instants. */
export type TimeRange = { statsPeriod: string } | { start: Date; end: Date }

/** The query parameters of a span; none leaves the choice to the endpoint (most take 90 days). */
export function rangeParameters(range: TimeRange | null): Record<string, string> {
  if (range === null) return {}
  if ('statsPeriod' in range) return { statsPeriod: range.statsPeriod }
  return { start: range.start.toISOString(), end: range.end.toISOString() }
}
