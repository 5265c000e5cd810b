import type { GraphBuilder } from '../builder.ts'

export const dataCategories = [
  'error',
  'transaction',
  'span',
  'attachment',
  'replay',
  'profile',
  'profile_duration',
  'profile_chunk',
  'monitor',
  'log_item',
  'feedback',
  'unknown',
] as const

export type DataCategory = (typeof dataCategories)[number]

export function addDataCategory(builder: GraphBuilder) {
  return builder.enumType('DataCategory', {
    description: 'A kind of data that Sentry counts.',
    values: {
      ERROR: { value: 'error', description: 'Error events, security reports included.' },
      TRANSACTION: { value: 'transaction', description: 'Transactions.' },
      SPAN: { value: 'span', description: 'Spans of traces.' },
      ATTACHMENT: { value: 'attachment', description: 'Attached files, counted in bytes; asked for alone.' },
      REPLAY: { value: 'replay', description: 'Session replays.' },
      PROFILE: { value: 'profile', description: 'Profiles of transactions.' },
      PROFILE_DURATION: {
        value: 'profile_duration',
        description: 'Continuous profiling, counted in milliseconds; asked for alone.',
      },
      PROFILE_CHUNK: { value: 'profile_chunk', description: 'Parts of continuous profiles.' },
      MONITOR: { value: 'monitor', description: 'Check-ins of cron monitors.' },
      LOG_ITEM: { value: 'log_item', description: 'Structured logs.' },
      FEEDBACK: { value: 'feedback', description: 'What users wrote.' },
      UNKNOWN: { value: 'unknown', description: 'One that this graph does not know; see the raw name beside it.' },
    } as const,
  })
}
