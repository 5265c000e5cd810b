/** What a person is told about a failed sign-in. */
export interface SignInFailureText {
  heading: string
  explanation: string
}

/** Every code the gateway puts in `/auth/error?code=`. */
export const signInFailures = {
  state_missing: {
    heading: 'No such sign-in is under way here',
    explanation:
      'No sign-in is waiting in this browser: it may be finished or denied already, and you came back to it, or cookies are not allowed here. If you are not signed in, start again.',
  },
  state_mismatch: {
    heading: 'This sign-in does not belong to this browser',
    explanation:
      'For your safety nothing was signed in. Start again, and do not follow a sign-in link of someone else.',
  },
  state_expired: {
    heading: 'The sign-in took too long',
    explanation: 'A sign-in that was started is kept for a few minutes only. Start again.',
  },
  state_reused: {
    heading: 'This sign-in was already used',
    explanation:
      'It works once, and is finished or denied already; going back leads here. If you are not signed in, start again.',
  },
  missing_code: {
    heading: 'Sentry sent an incomplete answer',
    explanation: 'The answer had no authorization in it. Start again.',
  },
  access_denied: {
    heading: 'You did not allow access',
    explanation: 'Sentry Graph shows nothing without your consent. Start again if you changed your mind.',
  },
  invalid_scope: {
    heading: 'Sentry does not offer the access we ask for',
    explanation: 'The operator of this gateway has to correct the scopes it asks for.',
  },
  provider_error: {
    heading: 'Sentry could not sign you in',
    explanation: 'Sentry reported a problem of its own. Try again in a moment.',
  },
  exchange_refused: {
    heading: 'Sentry refused to finish the sign-in',
    explanation: 'Start again. If it stays, the operator of this gateway has to check its registration at Sentry.',
  },
  exchange_timeout: {
    heading: 'Sentry took too long to answer',
    explanation: 'Nothing was signed in. Try again in a moment.',
  },
  provider_unavailable: {
    heading: 'Sentry cannot be reached',
    explanation: 'Nothing was signed in. Try again in a moment.',
  },
  profile_unavailable: {
    heading: 'Sentry did not say who you are',
    explanation: 'You allowed access, but your profile could not be read. Try again.',
  },
  store_unavailable: {
    heading: 'The gateway could not keep your session',
    explanation: 'Its store does not answer. Try again in a moment; if it stays, tell its operator.',
  },
  session_unavailable: {
    heading: 'Your session could not be opened',
    explanation: 'Try again. If it stays, remove the cookies of this site first.',
  },
  rate_limited: {
    heading: 'Too many sign-ins at once',
    explanation: 'Wait a minute, then try again.',
  },
} as const satisfies Record<string, SignInFailureText>

type SignInFailureCode = keyof typeof signInFailures

const unknownFailure: SignInFailureText = {
  heading: 'Signing in did not work',
  explanation: 'The reason is not one this page knows. Try again.',
}

/** The text for a code from the address; nothing of the address itself is ever shown. */
export function describeSignInFailure(code: string | null): SignInFailureText {
  return code !== null && Object.hasOwn(signInFailures, code)
    ? signInFailures[code as SignInFailureCode]
    : unknownFailure
}

/** The correlation id, if it has the form of one: anything else in the address may be somebody's text. */
export function readCorrelationId(value: string | null): string | null {
  return value !== null && /^[A-Za-z0-9_-]{6,64}$/.test(value) ? value : null
}
