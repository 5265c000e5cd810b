import { TokenEndpointError } from './errors.ts'

/**
 * Judges an answer to a revocation (RFC 7009 section 2.2): 200 also for a token that was dead already. False for the 404 or
 * 405 of a Sentry without the endpoint. Throws TokenEndpointError.
 */
export function readRevocationResponse({ status }: Response): boolean {
  if (status === 200) return true
  if (status === 404 || status === 405) return false
  throw new TokenEndpointError(status >= 400 && status < 500 ? 'refused' : 'unavailable', { status })
}
