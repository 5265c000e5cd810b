import type { GraphBuilder } from '../builder.ts'

export function addDataset(builder: GraphBuilder) {
  return builder.enumType('Dataset', {
    description: 'What kind of data is asked about: each has fields and functions of its own.',
    values: {
      ERRORS: { value: 'errors', description: 'Error events.' },
      SPANS: { value: 'spans', description: 'Spans of traces.' },
      LOGS: { value: 'logs', description: 'Structured logs.' },
      TRACE_METRICS: { value: 'tracemetrics', description: 'Metrics that applications send with their traces.' },
      PROFILE_FUNCTIONS: { value: 'profile_functions', description: 'Functions seen in profiles.' },
      UPTIME_RESULTS: { value: 'uptime_results', description: 'Checks of uptime monitors.' },
    } as const,
  })
}
