import type { GraphBuilder } from '../builder.ts'

export const levels = ['fatal', 'error', 'warning', 'info', 'debug', 'sample', 'unknown'] as const

export function addLevel(builder: GraphBuilder) {
  return builder.enumType('Level', {
    description: 'How bad the sender of an event thinks it is.',
    values: {
      FATAL: { value: 'fatal', description: 'The application ended.' },
      ERROR: { value: 'error', description: 'Something failed.' },
      WARNING: { value: 'warning', description: 'Something may fail.' },
      INFO: { value: 'info', description: 'Something worth knowing.' },
      DEBUG: { value: 'debug', description: 'Something for whoever looks for a fault.' },
      SAMPLE: { value: 'sample', description: 'An example that Sentry made.' },
      UNKNOWN: { value: 'unknown', description: 'None, or one that this graph does not know.' },
    },
  })
}
