import { tagOf } from '../../world/event-tags.ts'
import type { WorldEvent } from '../../world/event.ts'
import { traceIdOf } from '../../world/trace.ts'
import type { Column } from './column.ts'

export type FieldType = 'string' | 'integer' | 'number' | 'date' | 'boolean' | 'duration' | 'rate' | 'array'

export type FieldValue = string | number | boolean | null | readonly string[]

/** One thing that a row can show of an event. */
export interface EventField {
  type: FieldType
  /** Whether it is the same for all events of an issue. */
  isOfIssue: boolean
  read(this: void, event: WorldEvent): FieldValue
}

const ofIssue = (type: FieldType, read: (issue: WorldEvent['issue']) => FieldValue): EventField => ({
  type,
  isOfIssue: true,
  read: ({ issue }) => read(issue),
})
const ofEvent = (type: FieldType, read: EventField['read']): EventField => ({ type, isOfIssue: false, read })

const isException = ({ kind }: WorldEvent['issue']) => kind.eventType === 'error'

const fields: Readonly<Record<string, EventField>> = {
  id: ofEvent('string', ({ id }) => id),
  timestamp: ofEvent('date', ({ moment }) => formatRowDate(moment)),
  'timestamp.to_hour': ofEvent('date', ({ moment }) => formatRowDate(moment - (moment % 3_600_000))),
  'timestamp.to_day': ofEvent('date', ({ moment }) => formatRowDate(moment - (moment % 86_400_000))),
  trace: ofEvent('string', traceIdOf),
  title: ofIssue('string', ({ title }) => title),
  message: ofIssue('string', ({ title }) => title),
  issue: ofIssue('string', ({ shortId }) => shortId),
  'issue.id': ofIssue('integer', ({ id }) => Number(id)),
  project: ofIssue('string', ({ project }) => project.slug),
  'project.name': ofIssue('string', ({ project }) => project.slug),
  'project.id': ofIssue('integer', ({ project }) => Number(project.id)),
  project_id: ofIssue('integer', ({ project }) => Number(project.id)),
  level: ofIssue('string', ({ level }) => level),
  culprit: ofIssue('string', ({ culprit }) => culprit),
  transaction: ofIssue('string', ({ culprit }) => culprit),
  logger: ofIssue('string', ({ logger }) => logger),
  location: ofIssue('string', ({ place }) => place?.file ?? null),
  platform: ofIssue('string', ({ platform }) => platform),
  'platform.name': ofIssue('string', ({ platform }) => platform),
  type: ofIssue('string', ({ kind }) => kind.eventType),
  'event.type': ofIssue('string', ({ kind }) => kind.eventType),
  'error.type': ofIssue('array', (issue) => (isException(issue) ? [issue.type] : [])),
  'error.value': ofIssue('array', (issue) => (isException(issue) ? [issue.value] : [])),
  'error.handled': ofIssue('boolean', ({ kind }) => kind.isHandled),
  'error.unhandled': ofIssue('boolean', (issue) => isException(issue) && !issue.kind.isHandled),
  release: ofEvent('string', ({ release }) => release?.version ?? null),
  environment: ofEvent('string', ({ environment }) => environment),
  dist: ofIssue('string', () => null),
  user: ofEvent('string', ({ user }) => (user === null ? null : `id:${user.id}`)),
  'user.display': ofEvent('string', ({ user }) => user && (user.email ?? user.username ?? user.ipAddress ?? user.id)),
  'user.id': ofEvent('string', ({ user }) => user?.id ?? null),
  'user.email': ofEvent('string', ({ user }) => user?.email ?? null),
  'user.username': ofEvent('string', ({ user }) => user?.username ?? null),
  'user.ip': ofEvent('string', ({ user }) => user?.ipAddress ?? null),
  'geo.country_code': ofEvent('string', ({ user }) => user?.geo?.country_code ?? null),
  'geo.city': ofEvent('string', ({ user }) => user?.geo?.city ?? null),
  'geo.region': ofEvent('string', ({ user }) => user?.geo?.region ?? null),
}

/** The field of that name. What is no field is a tag, and null for events without it. */
export function findField(name: string): EventField {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  return field ?? ofEvent('string', (event) => tagOf(event, name))
}

/** The field that a column shows. */
export const fieldOf = (column: Exclude<Column, { kind: 'function' }>): EventField =>
  column.kind === 'tag' ? ofEvent('string', (event) => tagOf(event, column.key)) : findField(column.name)

/** Rows write UTC as an offset. */
export const formatRowDate = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}+00:00`
