import { ApiError, forbidden, unauthenticated } from './api-error.ts'

/** Sentry's refusals of a caller, by name: tokens that are dead, and structured ones in which the token is fine. */
const refusals = {
  'no-credentials': () => unauthenticated('Authentication credentials were not provided.'),
  'invalid-token': () => unauthenticated('Invalid token'),
  'token-expired': () => unauthenticated('Token expired'),
  'user-inactive': () => unauthenticated('User inactive or deleted'),
  'application-inactive': () => unauthenticated('UserApplication inactive or deleted'),
  'invalid-org-token': () => unauthenticated('Invalid org token'),
  'sso-required': () =>
    structured(401, 'sso-required', 'Must login via SSO', { loginUrl: '/auth/login/lumen-freight/' }),
  'member-disabled-over-limit': () =>
    structured(401, 'member-disabled-over-limit', 'Organization over member limit', {
      next: '/organizations/lumen-freight/disabled-member/',
    }),
  '2fa-required': () =>
    structured(401, '2fa-required', 'Organization requires two-factor authentication to be enabled', {}),
  'sudo-required': () => structured(401, 'sudo-required', 'Account verification required.', { username: 'mira' }),
  'email-verification-required': () =>
    structured(401, 'email-verification-required', 'Email verification required.', { username: 'mira' }),
  'superuser-required': () => structured(403, 'superuser-required', 'You need to re-authenticate for superuser.', {}),
  'staff-required': () => structured(403, 'staff-required', 'You need to re-authenticate for staff.', {}),
  forbidden: () => forbidden(),
} as const satisfies Record<string, () => ApiError>

export type RefusalName = keyof typeof refusals

export const refusalNames = Object.keys(refusals) as readonly RefusalName[]

/** The refusal of that name. */
export function createRefusal(name: RefusalName): ApiError {
  return refusals[name]()
}

function structured(status: 401 | 403, code: string, message: string, extra: object): ApiError {
  return new ApiError(status, { detail: { code, message, extra } })
}
