import { createHash, timingSafeEqual } from 'node:crypto'

const form = /^[A-Za-z0-9\-._~]{43,128}$/

/** Whether a text has the form that RFC 7636 section 4 gives to verifiers and challenges. */
export function isWellFormed(verifierOrChallenge: string): boolean {
  return form.test(verifierOrChallenge)
}

/** Whether the verifier belongs to the S256 challenge (RFC 7636 section 4.6). */
export function verifyCodeChallenge(codeChallenge: string, codeVerifier: string): boolean {
  if (!isWellFormed(codeVerifier)) return false
  const expected = Buffer.from(codeChallenge)
  const actual = Buffer.from(createHash('sha256').update(codeVerifier).digest('base64url'))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
