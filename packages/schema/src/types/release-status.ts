import type { GraphBuilder } from '../builder.ts'

export const releaseStatuses = ['open', 'archived', 'unknown'] as const

export function addReleaseStatus(builder: GraphBuilder) {
  return builder.enumType('ReleaseStatus', {
    description: 'Whether a release is still looked at.',
    values: {
      OPEN: { value: 'open', description: 'It is in use or on its way.' },
      ARCHIVED: { value: 'archived', description: 'Somebody put it away; lists leave it out.' },
      UNKNOWN: { value: 'unknown', description: 'A status that Sentry has added since.' },
    },
  })
}
