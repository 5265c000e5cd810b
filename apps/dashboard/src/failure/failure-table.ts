/** What a person is told about a failure. Sentences are ours; nothing of the server's wording is shown. */
export interface FailureText {
  sentence: string
  advice: string
  /** What helps: asking again, signing in again, or nothing from here. */
  remedy: 'retry' | 'sign-in' | 'none'
}

/** Every code of `extensions.code`, and two of our own: the gateway gave no answer, or a code this page does not know. */
export const failureTable = {
  UNAUTHENTICATED: {
    sentence: 'Your session has ended.',
    advice: 'Sign in again to continue where you were.',
    remedy: 'sign-in',
  },
  FORBIDDEN: {
    sentence: 'Sentry does not let you see this.',
    advice: 'An owner of the organization can give you access.',
    remedy: 'none',
  },
  NOT_FOUND: {
    sentence: 'Sentry does not know this, or does not show it to you.',
    advice: 'It may have been renamed or removed.',
    remedy: 'none',
  },
  BAD_USER_INPUT: {
    sentence: 'Sentry does not understand this request.',
    advice: 'Check the filter and the address of this page.',
    remedy: 'none',
  },
  CSRF: {
    sentence: 'The gateway could not tell that this request came from this page.',
    advice: 'Open the dashboard at the address the gateway is configured for, and reload.',
    remedy: 'retry',
  },
  RATE_LIMITED: {
    sentence: 'Sentry asked us to slow down.',
    advice: 'Wait a moment before asking again.',
    remedy: 'retry',
  },
  UPSTREAM_TIMEOUT: {
    sentence: 'Sentry took too long to answer.',
    advice: 'It may be busy. Asking again often helps.',
    remedy: 'retry',
  },
  UPSTREAM_UNAVAILABLE: {
    sentence: 'Sentry cannot be reached right now.',
    advice: 'Nothing is lost. If asking again does not help, Sentry has to come back first.',
    remedy: 'retry',
  },
  UPSTREAM_GONE: {
    sentence: 'Sentry has retired what this page asks for.',
    advice: 'A newer version of Sentry Graph is needed.',
    remedy: 'none',
  },
  UPSTREAM_INVALID: {
    sentence: 'Sentry answered in a form we do not know.',
    advice: 'If it stays, report it with the reference below.',
    remedy: 'retry',
  },
  BUDGET_EXCEEDED: {
    sentence: 'This would take more calls to Sentry than one request may make.',
    advice: 'Narrow it with a filter.',
    remedy: 'none',
  },
  QUERY_TOO_DEEP: {
    sentence: 'The gateway refuses a request nested this deep.',
    advice: 'This page and the gateway may be of different versions. Reload the page.',
    remedy: 'none',
  },
  QUERY_TOO_LARGE: {
    sentence: 'The gateway refuses a request this large.',
    advice: 'This page and the gateway may be of different versions. Reload the page.',
    remedy: 'none',
  },
  PERSISTED_DOCUMENT_REQUIRED: {
    sentence: 'The gateway runs only requests that it knows.',
    advice: 'This page and the gateway may be of different versions. Reload the page.',
    remedy: 'none',
  },
  INTERNAL: {
    sentence: 'Something went wrong in the gateway.',
    advice: 'If it stays, report it with the reference below.',
    remedy: 'retry',
  },
  UNREACHABLE: {
    sentence: 'The gateway cannot be reached.',
    advice: 'Check your connection, or whether the gateway is running, then ask again.',
    remedy: 'retry',
  },
  UNKNOWN: {
    sentence: 'The gateway reports a failure that this page does not know.',
    advice: 'If it stays, report it with the reference below.',
    remedy: 'retry',
  },
} as const satisfies Record<string, FailureText>

export type FailureCode = keyof typeof failureTable
