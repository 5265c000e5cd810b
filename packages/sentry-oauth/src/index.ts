export type { AuthorizationRequest } from './authorization-request.ts'
export type { AuthorizationResponse } from './authorization-response.ts'
export type { DeviceAuthorization, DeviceGrant } from './device-authorization.ts'
export {
  AuthorizationResponseError,
  TokenEndpointError,
  type AuthorizationResponseErrorCode,
  type OAuthErrorName,
  type TokenEndpointErrorCode,
} from './errors.ts'
export { createSentryOAuth, type SentryOAuth, type SentryOAuthOptions } from './sentry-oauth.ts'
export type { TokenSet, TokenUser } from './token-response.ts'
