import { readCookieValues } from '../session/believable-cookies.ts'
import { readBearer } from '../session/client-value.ts'

interface RequestHeaders {
  authorization?: string | undefined
  cookie?: string | undefined
  origin?: string | undefined
  'graphql-require-preflight'?: string | string[] | undefined
}

/** Decides whether a request that carries the session cookie was meant by the person it belongs to. */
export interface CrossSiteProof {
  isMeant(headers: RequestHeaders): boolean
  /** What a refused caller has to add. */
  advice: string
}

/**
 * A browser attaches the cookie to whatever any page sends, but lets a page of another site neither set an own header
 * without asking first nor forge `Origin`. So one of the two is asked for; which value the header has is of no interest.
 * Without the cookie there is nothing to protect, and with a bearer beside it the cookie opens nothing.
 */
export function createCrossSiteProof(cookieName: string, ownOrigins: readonly string[]): CrossSiteProof {
  return {
    isMeant: (headers) =>
      readBearer(headers.authorization) !== null ||
      readCookieValues(headers.cookie, cookieName).length === 0 ||
      headers['graphql-require-preflight'] !== undefined ||
      (headers.origin !== undefined && ownOrigins.includes(headers.origin)),
    advice:
      'This request carries a session cookie and must prove it was meant: add the header graphql-require-preflight: 1',
  }
}
