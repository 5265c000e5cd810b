import { browserOf, deviceOf, systemOf, type WorldEvent } from '../../world/event.ts'
import { listTags } from '../../world/event-tags.ts'
import type { EventUser } from '../../world/event-user.ts'
import { fraction, hexDigits, integerBetween } from '../../world/hash.ts'
import { formatMicroseconds, formatSeconds } from '../../world/moment.ts'
import { findRuntime } from '../../world/platform.ts'
import type { Release } from '../../world/release.ts'
import { traceIdOf } from '../../world/trace.ts'
import { presentMetadata } from '../issues/issue-representation.ts'
import { presentEntries } from './event-entries.ts'

/** An event as an item of a list. */
export function presentEventItem(event: WorldEvent): object {
  const { issue } = event
  return {
    id: event.id,
    'event.type': presentType(event),
    groupID: presentGroupId(event),
    eventID: event.id,
    projectID: issue.project.id,
    message: presentText(event),
    title: issue.title,
    location: issue.place?.file ?? null,
    culprit: issue.culprit,
    user: presentEventUser(event.user),
    tags: presentTags(event),
    platform: issue.platform,
    dateCreated: formatSeconds(event.moment),
    crashFile: null,
    metadata: presentMetadata(issue),
  }
}

/** The neighbours of an event among those that exist, by id. */
export interface EventNeighbours {
  previous: string | null
  next: string | null
}

/** A whole event. A transaction lacks what only errors have. */
export function presentEvent(event: WorldEvent, neighbours: EventNeighbours): object {
  const { issue, seed, moment } = event
  const isTransaction = presentType(event) === 'transaction'
  return {
    id: event.id,
    groupID: presentGroupId(event),
    eventID: event.id,
    projectID: issue.project.id,
    size: integerBetween(seed, 151, 1800, 92_000),
    entries: presentEntries(event),
    dist: seed % 6 === 0 ? '17' : null,
    message: presentText(event),
    title: issue.title,
    location: issue.place?.file ?? null,
    user: presentEventUser(event.user),
    contexts: presentContexts(event),
    sdk: presentSdk(event),
    context:
      fraction(seed, 150) < 0.1 ? null : { attempt: integerBetween(seed, 152, 1, 5), payload: { id: '[Filtered]' } },
    packages: issue.platform === 'python' ? { django: '5.2', celery: '5.6' } : {},
    type: presentType(event),
    metadata: presentMetadata(issue),
    tags: presentAllTags(event),
    platform: issue.platform,
    dateReceived: formatMicroseconds(moment + integerBetween(seed, 153, 80, 2400)),
    errors: presentProcessingErrors(event),
    occurrence: presentOccurrence(event),
    _meta: {},
    fingerprints: [hexDigits(issue.seed, 154, 32)],
    groupingConfig: { id: 'newstyle:2026-01-20', enhancements: 'KLUv_SAYwQAAkwKRs25ld3N0eWxlOjIwMjMtMDEtMTGQ' },
    culprit: issue.culprit,
    crashFile: null,
    release: presentRelease(event.release, seed),
    ...(isTransaction
      ? {
          startTimestamp: moment / 1000 - 1.25,
          endTimestamp: moment / 1000,
          measurements: {},
          breakdowns: {},
          projectSlug: issue.project.slug,
        }
      : {
          dateCreated: formatSeconds(moment),
          userReport: null,
          sdkUpdates: [],
          resolvedWith: seed % 20 === 0 ? [null] : [],
        }),
    ...(isTransaction ? {} : { nextEventID: neighbours.next, previousEventID: neighbours.previous }),
  }
}

const presentType = ({ issue: { kind } }: WorldEvent) => (kind.eventType === 'metric' ? 'generic' : kind.eventType)

const presentGroupId = (event: WorldEvent) => (presentType(event) === 'transaction' ? null : event.issue.id)

const presentText = ({ issue: { kind, value } }: WorldEvent) => (kind.eventType === 'error' ? '' : value)

/** Users are named by the tag that finds them. */
function presentTags(event: WorldEvent): object[] {
  return listTags(event).map(([key, value]) => ({
    key,
    value,
    ...(key === 'user' ? { query: `user.${value.replace(':', ':"')}"` } : {}),
  }))
}

/** The whole event can have a tag without value, on which Sentry's own command-line client would break in a list. */
function presentAllTags(event: WorldEvent): object[] {
  const tags = presentTags(event)
  return event.seed % 60 === 0 ? [...tags, { key: 'flavour', value: null }] : tags
}

export function presentEventUser(user: EventUser | null): object | null {
  if (user === null) return null
  const { id, email, username, name, ipAddress, geo } = user
  return { id, email, username, ip_address: ipAddress, name, geo: geo && { ...geo, subdivision: null }, data: null }
}

function presentContexts(event: WorldEvent): Record<string, unknown> {
  const { issue, seed } = event
  const [browser, browserVersion] = browserOf(seed)
  const [system, systemVersion] = systemOf(seed)
  const runtime = findRuntime(issue.project.platform)
  const trace = {
    trace_id: traceIdOf(event),
    span_id: hexDigits(seed, 156, 16),
    op: 'http.server',
    status: 'internal_error',
    type: 'trace',
  }
  if (runtime === 'browser')
    return {
      browser: { name: browser, version: browserVersion, type: 'browser' },
      client_os: { name: system, version: systemVersion, type: 'os' },
      trace,
    }
  if (runtime === 'mobile') {
    return {
      device: {
        model: deviceOf(seed),
        family: deviceOf(seed).split(' ')[0],
        battery_level: integerBetween(seed, 157, 2, 100),
        simulator: false,
        type: 'device',
      },
      os: { name: system, version: systemVersion, build: null, rooted: false, type: 'os' },
      app: { app_name: issue.project.name, app_version: event.release?.version ?? null, type: 'app' },
      trace,
    }
  }
  // Contexts are sent by applications: some are null, some have no type.
  return {
    runtime: { name: issue.platform, version: '24.1', type: 'runtime' },
    trace,
    deployment: { zone: 'b', nodes: [1, 2] },
    gpu: null,
  }
}

function presentSdk({ issue: { platform }, seed }: WorldEvent): object | null {
  if (seed % 70 === 0) return null
  const name = {
    javascript: 'sentry.javascript.react',
    node: 'sentry.javascript.node',
    java: 'sentry.java',
    csharp: 'sentry.dotnet',
    cocoa: 'sentry.cocoa',
    native: 'sentry.native',
  }[platform]
  return { name: name ?? `sentry.${platform}`, version: '10.4.0' }
}

function presentProcessingErrors({ issue, seed }: WorldEvent): object[] {
  if (issue.platform !== 'javascript' || seed % 5 !== 0) return []
  return [
    {
      type: 'js_no_source',
      message: 'Source code was not found',
      data: { url: `https://${issue.project.slug}.example/assets/index.js` },
    },
  ]
}

function presentOccurrence({ issue, id, seed, moment }: WorldEvent): object | null {
  const { kind, project } = issue
  if (kind.evidence === undefined && kind.eventType !== 'feedback') return null
  const evidence = issue.evidence.map(([name, value], position) => ({ name, value, important: position === 0 }))
  return {
    id: hexDigits(seed, 158, 32),
    projectId: Number(project.id),
    eventId: id,
    fingerprint: [hexDigits(issue.seed, 159, 32)],
    issueTitle: issue.title,
    subtitle: issue.value,
    resourceId: null,
    evidenceData:
      kind.eventType === 'transaction'
        ? { op: 'db', parentSpanIds: [hexDigits(seed, 60, 16)], repeatingSpans: issue.value }
        : {},
    evidenceDisplay: evidence,
    type:
      { db_query: 1006, http_client: 1009, frontend: 1004, cron: 4003, metric: 1018, feedback: 6001 }[
        kind.issueCategory
      ] ?? 1,
    detectionTime: moment / 1000,
    level: kind.level,
    culprit: issue.culprit,
    assignee: null,
    priority: 50,
  }
}

function presentRelease(release: Release | null, seed: number): object | null {
  // Old events have forgotten theirs.
  if (release === null || seed % 12 === 0) return null
  const { version, id, commitCount, dateCreated, dateReleased, deploys } = release
  return {
    id,
    commitCount,
    data: {},
    dateCreated: formatMicroseconds(dateCreated),
    dateReleased: formatMicroseconds(dateReleased),
    deployCount: deploys.length,
    ref: null,
    lastCommit: null,
    lastDeploy: null,
    status: 'open',
    url: null,
    userAgent: null,
    version,
    versionInfo: {
      package: version.includes('@') ? (version.split('@')[0] ?? null) : null,
      version: { raw: version.split('@').at(-1) },
      description: version.split('@').at(-1),
      buildHash: null,
    },
  }
}
