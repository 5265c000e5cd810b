import { browserOf, deviceOf, systemOf, type WorldEvent } from './event.ts'
import { fraction, integerBetween, pickOne } from './hash.ts'
import { findRuntime } from './platform.ts'

const browserTags: Readonly<Record<string, (event: WorldEvent) => string | null>> = {
  browser: ({ seed }) => browserOf(seed).join(' '),
  'browser.name': ({ seed }) => browserOf(seed)[0],
  client_os: ({ seed }) => systemOf(seed).join(' ').trim(),
  'client_os.name': ({ seed }) => systemOf(seed)[0],
  url: ({ issue, seed }) =>
    `https://${issue.project.slug}.example${pickOne(seed, 20, ['/', '/cart', '/quotes/new', '/account', '/track'])}`,
}
const mobileTags: Readonly<Record<string, (event: WorldEvent) => string | null>> = {
  device: ({ seed }) => deviceOf(seed),
  'device.family': ({ seed }) => deviceOf(seed).replace(/[\d ,].*$/, ''),
  os: ({ seed }) => systemOf(seed).join(' ').trim(),
  'os.name': ({ seed }) => systemOf(seed)[0],
}
const serverTags: Readonly<Record<string, (event: WorldEvent) => string | null>> = {
  server_name: ({ seed, issue }) => `${issue.project.slug}-${integerBetween(seed, 21, 1, 6)}`,
  runtime: ({ issue }) => issue.platform,
  'runtime.name': ({ issue }) => issue.platform,
}

/** Tags that every platform has; a value of null means that the event lacks the tag. */
const commonTags: Readonly<Record<string, (event: WorldEvent) => string | null>> = {
  environment: ({ environment }) => environment,
  level: ({ issue }) => issue.level,
  release: ({ release }) => release?.version ?? null,
  user: ({ user }) => (user === null ? null : `id:${user.id}`),
  handled: ({ issue }) => (issue.kind.eventType === 'error' ? (issue.kind.isHandled ? 'yes' : 'no') : null),
  mechanism: ({ issue }) => (issue.kind.eventType === 'error' ? (issue.kind.isHandled ? 'generic' : 'onerror') : null),
  transaction: ({ issue }) => issue.culprit,
  region: ({ seed }) => pickOne(seed, 22, ['eu-central', 'us-east', 'ap-south']),
  // Sentry shows an empty value as `(empty)`.
  customer_tier: ({ seed }) => (fraction(seed, 23) < 0.3 ? null : pickOne(seed, 24, ['gold', 'silver', 'basic', ''])),
}

type Tags = Readonly<Record<string, (event: WorldEvent) => string | null>>

const tagsByRuntime: Readonly<Record<ReturnType<typeof findRuntime>, Tags>> = {
  browser: { ...browserTags, ...commonTags },
  mobile: { ...mobileTags, ...commonTags },
  server: { ...serverTags, ...commonTags },
  unknown: { ...serverTags, ...commonTags },
}

/** The tags that events of an issue can have, with their values. */
export const tagsFor = ({ project: { platform } }: WorldEvent['issue']): Tags => tagsByRuntime[findRuntime(platform)]

/** Every key that some event somewhere has. */
export const tagKeys: readonly string[] = Object.keys({
  ...browserTags,
  ...mobileTags,
  ...serverTags,
  ...commonTags,
}).toSorted()

/** Key and value of an event's tags, by key. */
export function listTags(event: WorldEvent): [key: string, value: string][] {
  return Object.entries(tagsFor(event.issue))
    .flatMap(([key, read]): [string, string][] => {
      const value = read(event)
      return value === null ? [] : [[key, value]]
    })
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
}

/** The value of one tag of an event; null when it lacks the tag. */
export function tagOf(event: WorldEvent, key: string): string | null {
  const tags = tagsFor(event.issue)
  if (key === 'user' && event.issue.audience === 0) return null
  return Object.hasOwn(tags, key) ? (tags[key]?.(event) ?? null) : null
}
