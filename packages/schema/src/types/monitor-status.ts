import type { GraphBuilder } from '../builder.ts'

export const monitorStatuses = ['active', 'disabled', 'ok', 'error', 'missed_checkin', 'timeout', 'unknown'] as const
export const checkInStatuses = ['ok', 'error', 'missed', 'timeout', 'in_progress', 'unknown'] as const

export function addMonitorStatus(builder: GraphBuilder) {
  return builder.enumType('MonitorStatus', {
    description: 'How a monitor stands, on the whole or in one environment.',
    values: {
      ACTIVE: { value: 'active', description: 'It is watched; in an environment: it has not reported yet.' },
      DISABLED: { value: 'disabled', description: 'It is not watched.' },
      OK: { value: 'ok', description: 'Its last run went well.' },
      ERROR: { value: 'error', description: 'Its last run failed.' },
      MISSED_CHECKIN: { value: 'missed_checkin', description: 'Its last run did not begin in time.' },
      TIMEOUT: { value: 'timeout', description: 'Its last run did not end in time.' },
      UNKNOWN: { value: 'unknown', description: 'None, or one that Sentry has added; `rawStatus` tells.' },
    },
  })
}

export function addCheckInStatus(builder: GraphBuilder) {
  return builder.enumType('CheckInStatus', {
    description: 'How one run of a monitor went.',
    values: {
      OK: { value: 'ok', description: 'It went well.' },
      ERROR: { value: 'error', description: 'It failed.' },
      MISSED: { value: 'missed', description: 'It did not begin in time.' },
      TIMEOUT: { value: 'timeout', description: 'It did not end in time.' },
      IN_PROGRESS: { value: 'in_progress', description: 'It has not ended.' },
      UNKNOWN: { value: 'unknown', description: 'None, or one that Sentry has added; `rawStatus` tells.' },
    },
  })
}
