import { parseEventId } from './event-id.ts'
import { GraphError } from './graph-error.ts'

/** What a page of Sentry's web UI shows of an organization, by the names that stand in its address. */
export type WebPlace =
  | { kind: 'Organization' }
  | { kind: 'Project' | 'Team'; slug: string }
  /** By number or short id. */
  | { kind: 'Issue'; issue: string }
  | { kind: 'Event'; eventId: string }
  | { kind: 'Release'; version: string }
  | { kind: 'Replay'; replayId: string }
  /** `project` is null in old addresses; slugs of monitors are unique in a project only. */
  | { kind: 'Monitor'; slug: string; project: string | null }

export interface WebAddress {
  /** The slug, or a numeric id. */
  organization: string
  place: WebPlace
}

/**
 * Reads the address of a page of the Sentry at `sentryUrl`: beneath `/organizations/{org}/` and `/settings/{org}/`, or on
 * sentry.io beneath a host of the organization's own. Query and fragment do not matter.
 * @throws GraphError `BAD_USER_INPUT` for other hosts, and for pages that show nothing the graph knows.
 */
export function readWebAddress(address: string, sentryUrl: string): WebAddress {
  const { ownSlug, segments } = locate(address, sentryUrl)
  const found = readOrganization(segments, ownSlug)
  const place = found && readPlace(found.segments)
  if (!place) throw new GraphError('BAD_USER_INPUT', 'This page of Sentry shows nothing that this graph knows.')
  return { organization: found.organization, place }
}

function locate(address: string, sentryUrl: string): { ownSlug: string | null; segments: string[] } {
  const url = URL.parse(address)
  const base = URL.parse(sentryUrl)
  const ownSlug = url && base && ownSlugOf(url, base)
  if (!url || !base || url.username !== '' || url.password !== '' || (url.host !== base.host && !ownSlug)) {
    throw new GraphError('BAD_USER_INPUT', 'This is no address of the Sentry that this gateway asks.')
  }
  const segments = segmentsOf(url)
  const above = ownSlug ? [] : segmentsOf(base)
  if (above.some((segment, index) => segments[index] !== segment)) {
    throw new GraphError('BAD_USER_INPUT', 'This is no address of the Sentry that this gateway asks.')
  }
  return { ownSlug, segments: segments.slice(above.length) }
}

/** `acme` of `acme.sentry.io`; null on the common host, and everywhere on servers of one host. */
function ownSlugOf(url: URL, base: URL): string | null {
  if (base.host !== 'sentry.io') return null
  const [, slug = null] = /^([a-z0-9-]+)\.sentry\.io$/.exec(url.host) ?? []
  return slug
}

function segmentsOf({ pathname }: URL): string[] {
  return pathname.split('/').filter(Boolean).map(decode)
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (error instanceof URIError) return segment
    throw error
  }
}

interface InOrganization {
  organization: string
  segments: string[]
}

function readOrganization(segments: string[], ownSlug: string | null): InOrganization | null {
  const [first, second, ...rest] = segments
  if (first === 'organizations' && second) return { organization: second, segments: rest }
  // The settings of the person: no organization may have this slug.
  if (first === 'settings' && second === 'account') return null
  if (first === 'settings' && second && (ownSlug === null || second === ownSlug)) {
    return { organization: second, segments: ['settings', ...rest] }
  }
  return ownSlug === null ? null : { organization: ownSlug, segments }
}

type PageReader = (segments: readonly string[]) => WebPlace | null

/** By the first part of the path inside an organization. */
const pages: Readonly<Record<string, PageReader>> = {
  issues: readIssuePage,
  projects: readProjectPage,
  teams: ([slug]) => (slug ? { kind: 'Team', slug } : organization),
  releases: ([version]) => (version ? { kind: 'Release', version } : organization),
  replays: readReplayPage,
  crons: readMonitorPage,
  discover: ([event]) => readProjectEvent(event),
  settings: ([page, slug]) => (page === undefined ? organization : readSettingsPage(page, slug)),
  // Where these pages have been moved to, and from.
  explore: ([page, ...rest]) => (page === 'replays' ? readReplayPage(rest) : null),
  insights: ([page, ...rest]) => (page === 'crons' ? readMonitorPage(rest) : null),
}

const organization: WebPlace = { kind: 'Organization' }

function readPlace([page, ...rest]: readonly string[]): WebPlace | null {
  if (page === undefined) return organization
  return Object.hasOwn(pages, page) ? (pages[page]?.(rest) ?? null) : null
}

function readIssuePage([issue, page, event]: readonly string[]): WebPlace | null {
  if (issue === undefined) return organization
  const eventId = page === 'events' ? parseEventId(event ?? '') : null
  if (eventId !== null) return { kind: 'Event', eventId }
  return isIssueName(issue) ? { kind: 'Issue', issue } : null
}

/** A number, or a short id such as `WEB-1A`. */
function isIssueName(text: string): boolean {
  return /^\d{1,20}$/.test(text) || isShortId(text)
}

/** Whether a text has the form of a short id: a project's slug, a dash, and a number in base 32. */
export function isShortId(text: string): boolean {
  return text.length <= 100 && /^[A-Z0-9_]+(?:-[A-Z0-9_]+)*-[A-Z0-9]+$/.test(text)
}

function readProjectPage([slug, page, event]: readonly string[]): WebPlace | null {
  if (slug === undefined) return organization
  const eventId = page === 'events' ? parseEventId(event ?? '') : null
  return eventId === null ? { kind: 'Project', slug } : { kind: 'Event', eventId }
}

function readReplayPage([id]: readonly string[]): WebPlace | null {
  if (id === undefined) return organization
  const replayId = parseEventId(id)
  return replayId === null ? null : { kind: 'Replay', replayId }
}

function readMonitorPage([first, second]: readonly string[]): WebPlace | null {
  if (first === undefined) return organization
  return second === undefined
    ? { kind: 'Monitor', slug: first, project: null }
    : { kind: 'Monitor', slug: second, project: first }
}

function readProjectEvent(event: string | undefined): WebPlace | null {
  const eventId = parseEventId(event?.split(':').at(-1) ?? '')
  return eventId === null ? null : { kind: 'Event', eventId }
}

function readSettingsPage(page: string, slug: string | undefined): WebPlace | null {
  if (slug === undefined) return organization
  if (page === 'projects') return { kind: 'Project', slug }
  return page === 'teams' ? { kind: 'Team', slug } : null
}
