import type { Difference } from './difference.ts'

interface ExpectedDifference {
  operation: RegExp
  at: RegExp
  problem: Difference['problem']
  reason: string
}

const anywhere = /./
const issues = /\/issues\/(\{issue_id\}\/)?$|\/shortids\/|\/eventids\//
const events = /\/events\/(\{event_id\}\/)?$|\/eventids\//
const monitors = /\/monitors\//

/**
 * Where Sentry's own answers are known not to be what its published description says. The description marks as required whatever the
 * newest sentry.io sends; captured answers, Sentry's own clients and its server source show less, or otherwise.
 */
const expectedDifferences: readonly ExpectedDifference[] = [
  { operation: anywhere, at: /(^|\.)avatarUrl$/, problem: 'null', reason: 'a letter avatar has no address' },
  {
    operation: anywhere,
    at: /(^|\.)name$/,
    problem: 'null',
    reason: 'people, browsers and environments without a name exist',
  },
  { operation: /\/members\//, at: /user$/, problem: 'null', reason: 'an invitation has no user yet' },
  {
    operation: issues,
    at: /(^|\.)(inbox|owners|integrationIssues|sentryAppIssues|sessionCount|latestEventHasAttachments|stats|lifetime|filtered|matchingEvent\w*|derivedData|pluginActions|pluginContexts|pluginIssues|seer\w+)$/,
    problem: 'missing',
    reason: 'sent only when expanded, not collapsed, on a direct hit, or by some versions',
  },
  { operation: issues, at: /(^|\.)(substatus|priority)$/, problem: 'missing', reason: 'absent from older answers' },
  {
    operation: issues,
    at: /(^|\.)(substatus|type|issueType|issueCategory|platform)$/,
    problem: 'enum',
    reason: 'the lists grow',
  },
  { operation: issues, at: /(^|\.)(shortId|culprit|platform|logger)$/, problem: 'null', reason: 'null on some issues' },
  { operation: issues, at: /(^|\.)metadata(\.|$)/, problem: 'missing', reason: 'metadata is free-form' },
  { operation: issues, at: /(^|\.)metadata\./, problem: 'null', reason: 'metadata is free-form' },
  { operation: issues, at: /(^|\.)assignedTo(\.|$)/, problem: 'missing', reason: 'teams have no e-mail address' },
  { operation: issues, at: /(^|\.)owners$/, problem: 'type', reason: 'a list in reality' },
  { operation: issues, at: /(^|\.)(owners|inbox)$/, problem: 'null', reason: 'null when there is none' },
  { operation: /\/hashes\//, at: /seerMatchDistance$/, problem: 'missing', reason: 'never seen' },
  {
    operation: events,
    at: /(^|\.)geo\.\*$/,
    problem: 'null',
    reason: 'an address is rarely placed to the last detail',
  },
  { operation: /\/commits\//, at: /releases$/, problem: 'missing', reason: 'not sent by every version' },
  {
    operation: events,
    at: /(^|\.)tags\[\]\.(key|value)$/,
    problem: 'null',
    reason: 'tags without value, even without key, occur',
  },
  { operation: events, at: /(^|\.)contexts\./, problem: 'null', reason: 'a context can be null' },
  { operation: events, at: /(^|\.)contexts\./, problem: 'missing', reason: 'a context can lack its type' },
  {
    operation: events,
    at: /(^|\.)(dateCreated|nextEventID|previousEventID|resolvedWith|sdkUpdates|userReport|groupID|_meta|groupingConfig|crashFile|culprit)$/,
    problem: 'missing',
    reason: 'absent on transactions and on older events',
  },
  {
    operation: events,
    at: /(^|\.)(groupID|culprit|resolvedWith\[\]|user|dist|location|release)$/,
    problem: 'null',
    reason: 'null on some events',
  },
  {
    operation: events,
    at: /(^|\.)(function|lineNo|colNo|module|package)$/,
    problem: 'null',
    reason: 'frames are often incomplete',
  },
  { operation: events, at: /^meta\.tips\./, problem: 'null', reason: 'tips are null when there is nothing to say' },
  {
    operation: /\/tags\//,
    at: /(uniqueValues|totalValues|name|topValues)$/,
    problem: 'missing',
    reason: 'a list of tags has one of the two counts, and no values',
  },
  { operation: monitors, at: /(^|\.)environments$/, problem: 'type', reason: 'a list in reality' },
  { operation: monitors, at: /(^|\.)owner$/, problem: 'missing', reason: 'monitors without owner exist' },
  { operation: monitors, at: /(^|\.)owner$/, problem: 'null', reason: 'monitors without owner exist' },
  {
    operation: monitors,
    at: /(^|\.)schedule(\[\])?$/,
    problem: 'type',
    reason: 'text, a number with its unit, or a crontab',
  },
  { operation: monitors, at: /(^|\.)project\./, problem: 'missing', reason: 'a reference of three members in reality' },
  { operation: monitors, at: /(^|\.)config\./, problem: 'missing', reason: 'thresholds can be unset' },
  { operation: monitors, at: /(^|\.)config\./, problem: 'null', reason: 'thresholds can be unset' },
  { operation: monitors, at: /(^|\.)duration$/, problem: 'type', reason: 'fractions seen' },
  { operation: /\/replays\//, at: /(^|\.)tags$/, problem: 'type', reason: 'an empty list when there are no tags' },
  { operation: /\/replays\//, at: /(^|\.)project_id$/, problem: 'type', reason: 'text or number' },
  { operation: /\/replays\//, at: /./, problem: 'null', reason: 'an archived replay is null nearly everywhere' },
  { operation: /\/trace-meta\//, at: /Count$|CountMap$|sCount/, problem: 'missing', reason: 'snake_case in reality' },
  {
    operation: /\/(keys|project-keys)\//,
    at: /(^|\.)dsn\./,
    problem: 'missing',
    reason: 'older servers send nine addresses or fewer',
  },
  {
    operation: /\/(commits|releases)\//,
    at: /(^|\.)(author|repository|authors\[\]|lastCommit)\b/,
    problem: 'missing',
    reason: 'authors without an account have a name and an address only',
  },
  { operation: /\/trace-meta\//, at: /./, problem: 'missing', reason: 'the members are in snake_case in reality' },
  {
    operation: /\/deploys\/|\/releases\//,
    at: /(^|\.)(url|dateStarted)$/,
    problem: 'null',
    reason: 'optional when a deploy is recorded',
  },
]

/** Why a difference is no surprise; null when it is one. */
export function explainDifference(operation: string, { at, problem }: Difference): string | null {
  const known = expectedDifferences.find(
    (candidate) => candidate.operation.test(operation) && candidate.at.test(at) && candidate.problem === problem,
  )
  return known?.reason ?? null
}
