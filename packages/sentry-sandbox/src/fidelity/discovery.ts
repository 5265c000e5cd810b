/** Asks for JSON; null when the answer is no 200. */
export type Ask = (path: string) => Promise<unknown>

/** What can be filled into paths. */
export type Parameters = Readonly<Record<string, string>>

const organization = 'organization_id_or_slug'
const project = 'project_id_or_slug'

/** Where values come from: a list, and what its first useful item gives. */
interface Source {
  path: string
  pick: (item: Item) => Record<string, unknown>
  prefer?: (item: Item) => boolean
}

type Item = Readonly<Record<string, unknown>>

const base = `/api/0/organizations/{${organization}}`

const sources: readonly Source[] = [
  {
    path: '/api/0/organizations/',
    pick: ({ slug }) => ({ [organization]: slug }),
  },
  {
    path: `${base}/projects/`,
    pick: ({ slug }) => ({ [project]: slug }),
    prefer: ({ firstEvent, hasSessions }) => firstEvent !== null && hasSessions === true,
  },
  {
    path: `${base}/teams/`,
    pick: ({ slug }) => ({ team_id_or_slug: slug }),
    prefer: ({ memberCount }) => memberCount !== 0,
  },
  { path: `${base}/members/`, pick: ({ id }) => ({ member_id: id }) },
  { path: `${base}/issues/?project=-1&limit=1`, pick: ({ id, shortId }) => ({ issue_id: id, short_id: shortId }) },
  { path: `${base}/issues/{issue_id}/events/`, pick: ({ eventID }) => ({ event_id: eventID }) },
  {
    path: `/api/0/projects/{${organization}}/{${project}}/events/`,
    pick: ({ eventID }) => ({ project_event_id: eventID }),
  },
  { path: `${base}/tags/?project=-1`, pick: ({ key }) => ({ key }), prefer: ({ key }) => key === 'environment' },
  {
    path: `${base}/releases/?project=-1`,
    pick: ({ version }) => ({ version }),
    prefer: ({ commitCount }) => Number(commitCount) > 0,
  },
  {
    path: `/api/0/projects/{${organization}}/{${project}}/releases/`,
    pick: ({ version }) => ({ project_version: version }),
    prefer: ({ commitCount }) => Number(commitCount) > 0,
  },
  {
    path: `${base}/monitors/?project=-1`,
    pick: (item) => ({ monitor_id_or_slug: item['slug'], monitor_project: (item['project'] as Item)['slug'] }),
  },
  {
    path: `${base}/replays/?project=-1`,
    pick: ({ id }) => ({ replay_id: id }),
    prefer: (item) => item['is_archived'] === false,
  },
  { path: `${base}/repos/`, pick: ({ id }) => ({ repo_id: id }) },
  { path: `/api/0/projects/{${organization}}/{${project}}/keys/`, pick: ({ id }) => ({ key_id: id }) },
  { path: `/api/0/projects/{${organization}}/{${project}}/environments/`, pick: ({ name }) => ({ environment: name }) },
  {
    path: `${base}/events/?project=-1&dataset=errors&field=trace&field=timestamp&statsPeriod=14d&per_page=5`,
    pick: ({ trace }) => ({ trace_id: trace }),
    prefer: ({ trace }) => typeof trace === 'string',
  },
]

/** Finds something for every part of a path that can be found, by asking lists. What is given stays as it is. */
export async function discoverParameters(ask: Ask, given: Parameters): Promise<Parameters> {
  let found: Parameters = { ...given }
  for (const source of sources) {
    const path = fillPath(source.path, found)
    if (path === null) continue
    const items = readItems(await ask(path))
    const item = items.find(source.prefer ?? (() => true)) ?? items[0]
    if (item !== undefined) found = { ...readTexts(source.pick(item)), ...found }
  }
  return found
}

/** Lists come bare, or wrapped as `data`. */
function readItems(body: unknown): Item[] {
  const list = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data
  return Array.isArray(list) ? (list as Item[]) : []
}

function readTexts(picked: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(picked).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  )
}

/** The path with its parts filled in, each as one encoded segment; null when one of them is not known. */
export function fillPath(path: string, parameters: Parameters): string | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.some((name) => parameters[name] === undefined)) return null
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(parameters[name] ?? ''))
}
