import { fillPath, type Parameters } from './discovery.ts'

/** Queries without which an endpoint answers 400, or with less than there is. */
const queries: ReadonlyMap<string, string> = new Map([
  ['issues/', 'project=-1&expand=inbox&expand=owners&limit=25'],
  ['organizations/{}/events/', 'project=-1&dataset=errors&field=title&field=count()&statsPeriod=14d'],
  ['events-timeseries/', 'project=-1&dataset=errors&yAxis=count()&statsPeriod=14d'],
  ['stats_v2/', 'project=-1&groupBy=outcome&groupBy=category&field=sum(quantity)&statsPeriod=14d'],
  ['stats-summary/', 'field=sum(quantity)&statsPeriod=14d'],
  ['sessions/', 'project=-1&field=sum(session)&field=crash_free_rate(session)&statsPeriod=14d'],
  ['replay-count/', 'data_source=events&query=issue.id:[1]&project=-1'],
  ['replay-selectors/', 'project=-1'],
  ['organizations/{}/releases/', 'project=-1'],
  ['monitors/', 'project=-1'],
  ['replays/', 'project=-1'],
  ['organizations/{}/tags/', 'project=-1'],
  ['trace/{}/', 'project=-1'],
  ['trace-meta/{}/', 'project=-1'],
])

/** Paths whose parts mean something more special than their name. */
const specialParts: readonly (readonly [pattern: RegExp, name: string, special: string])[] = [
  [/\/shortids\//, 'issue_id', 'short_id'],
  [/^\/api\/0\/projects\/.*\/events\//, 'event_id', 'project_event_id'],
  [/^\/api\/0\/projects\/.*\/releases\//, 'version', 'project_version'],
  [/^\/api\/0\/projects\/.*\/monitors\//, 'project_id_or_slug', 'monitor_project'],
]

/** The path and query to ask an operation with; null when a part of its path is not known. */
export function createOperationRequest(path: string, parameters: Parameters): string | null {
  const special = specialParts.filter(([pattern]) => pattern.test(path))
  const replaced = special.reduce((text, [, name, substitute]) => text.replace(`{${name}}`, `{${substitute}}`), path)
  const filled = fillPath(replaced, parameters)
  if (filled === null) return null
  const shape = path.replaceAll(/\{\w+\}/g, '{}')
  const query = [...queries].find(([ending]) => shape.endsWith(`/${ending}`))?.[1]
  return query === undefined ? filled : `${filled}?${query}`
}
